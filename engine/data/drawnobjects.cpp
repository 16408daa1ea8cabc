#include "data/drawncanvas.h"

namespace graft::drawn {
namespace {

void spiral(Mask &mask, Random &random)
{
    const double rounds = uniform(random, 2.2, 2.9);
    Outline line;
    for (int i = 0; i <= 120; ++i) {
        const double along = i / 120.0, turns = along * rounds;
        line.push_back({0.95 * along * cosine(turns), 0.95 * along * sine(turns)});
    }
    mask.addLine(line, uniform(random, 0.12, 0.17));
}

void house(Mask &mask, Random &random)
{
    const double eaves = uniform(random, -0.3, -0.05);
    mask.add(rectangle(-0.7, eaves, 0.7, 0.95));
    mask.add({{-0.95, eaves}, {0, -0.95}, {0.95, eaves}});
    mask.add(rectangle(0.35, -0.9, 0.58, eaves));
    mask.cut(rectangle(-0.5, 0.25, -0.1, 0.96));
    mask.cut(rectangle(0.15, 0.2, 0.5, 0.55));
}

void fish(Mask &mask, Random &random)
{
    const double height = uniform(random, 0.38, 0.52);
    mask.add(ellipse({-0.2, 0}, 0.75, height));
    mask.add({{0.4, 0}, {0.98, -0.5}, {0.82, 0}, {0.98, 0.5}});
    mask.add({{-0.35, -height * 0.8}, {0.15, -height - 0.28}, {0.25, -height * 0.7}});
    mask.cut(ellipse({-0.62, -0.1}, 0.09, 0.09));
    mask.cutLine(arc({-0.75, 0}, 0.4, 0.4, -0.1, 0.1), 0.07);
}

void leaf(Mask &mask, Random &random)
{
    const double half = uniform(random, 0.95, 1.1);
    // Two arcs that meet in points at both ends.
    mask.add(joined(arc({-half * 0.62, -0.1}, half, half, -0.143, 0.143), arc({half * 0.62, -0.1}, half, half, 0.357, 0.643)));
    mask.addLine({{0, 0.5}, {0.06, 1}}, 0.1);
    mask.cutLine({{0, -0.6}, {0, 0.6}}, 0.07);
    for (const double y : {-0.25, 0.05, 0.35}) {
        mask.cutLine({{0, y}, {0.28, y - 0.2}}, 0.05);
        mask.cutLine({{0, y}, {-0.28, y - 0.2}}, 0.05);
    }
}

void gear(Mask &mask, Random &random)
{
    const int teeth = 7 + static_cast<int>(uniformIndex(random, 4));
    mask.add(ellipse({}, 0.72, 0.72));
    for (int i = 0; i < teeth; ++i) {
        const double turns = static_cast<double>(i) / teeth;
        const double c = cosine(turns), s = sine(turns);
        const auto corner = [&](double along, double across) { return Point{along * c - across * s, along * s + across * c}; };
        mask.add({corner(0.6, -0.16), corner(0.98, -0.11), corner(0.98, 0.11), corner(0.6, 0.16)});
    }
    const double hole = uniform(random, 0.24, 0.38);
    mask.cut(ellipse({}, hole, hole));
}

void lightning(Mask &mask, Random &random)
{
    const double middle = uniform(random, -0.1, 0.15);
    mask.add({{0.1, -1}, {-0.55, middle + 0.12}, {-0.05, middle + 0.12}, {-0.3, 1}, {0.55, middle - 0.2}, {0.05, middle - 0.2}, {0.5, -1}});
}

void key(Mask &mask, Random &random)
{
    const double bow = uniform(random, 0.34, 0.42);
    mask.add(ellipse({-0.58, 0}, bow, bow));
    mask.cut(ellipse({-0.62, 0}, bow * 0.5, bow * 0.5));
    mask.add(rectangle(-0.3, -0.09, 0.98, 0.09));
    mask.add(rectangle(0.8, 0.05, 0.96, 0.38));
    mask.add(rectangle(0.5, 0.05, 0.66, uniform(random, 0.22, 0.34)));
}

void mug(Mask &mask, Random &random)
{
    const double bottom = uniform(random, 0.42, 0.55);
    mask.addLine(arc({0.5, -0.05}, 0.38, 0.38, -0.27, 0.27), 0.17);
    mask.add({{-0.75, -0.75}, {0.55, -0.75}, {bottom, 0.8}, {-bottom - 0.2, 0.8}});
    mask.cutLine({{-0.6, -0.5}, {0.4, -0.5}}, 0.07);
}

void umbrella(Mask &mask, Random &random)
{
    mask.add(arc({0, 0}, 0.98, uniform(random, 0.75, 0.92), 0.5, 1));
    for (const double x : {-0.65, 0.0, 0.65})
        mask.cut(ellipse({x, 0.03}, 0.325, 0.16));
    mask.addLine({{0, -0.95}, {0, 0.75}}, 0.1);
    mask.addLine(arc({-0.17, 0.75}, 0.17, 0.2, 0, 0.5), 0.1);
}

void tree(Mask &mask, Random &random)
{
    const double width = uniform(random, 0.6, 0.8);
    mask.add(rectangle(-0.13, 0.5, 0.13, 1));
    for (int tier = 0; tier < 3; ++tier) {
        const double half = width * (0.6 + 0.2 * tier), top = -1 + 0.45 * tier;
        mask.add({{0, top}, {half, top + 0.7}, {-half, top + 0.7}});
    }
}

void sailboat(Mask &mask, Random &random)
{
    const double mast = uniform(random, -0.15, 0.05);
    mask.add({{-0.95, 0.5}, {0.95, 0.5}, {0.6, 0.92}, {-0.6, 0.92}});
    mask.addLine({{mast, -0.95}, {mast, 0.5}}, 0.08);
    mask.add({{mast + 0.1, -0.9}, {0.85, 0.36}, {mast + 0.1, 0.36}});
    mask.add({{mast - 0.1, -0.55}, {mast - 0.1, 0.36}, {-0.75, 0.36}});
}

void mushroom(Mask &mask, Random &random)
{
    const double stem = uniform(random, 0.2, 0.3);
    mask.add(joined(arc({0, 0.05}, 0.95, uniform(random, 0.8, 0.98), 0.5, 1), {{0.9, 0.2}, {-0.9, 0.2}}));
    mask.add({{-stem, 0.15}, {stem, 0.15}, {stem + 0.1, 0.95}, {-stem - 0.1, 0.95}});
    mask.cut(ellipse({-0.42, -0.25}, 0.17, 0.17));
    mask.cut(ellipse({0.1, -0.55}, 0.15, 0.15));
    mask.cut(ellipse({0.48, -0.15}, 0.17, 0.17));
}

} // namespace

std::vector<Subject> objectSubjects()
{
    constexpr bool anyAngle = true, upright = false;
    return {{.name = "spiral", .shape = spiral, .mayTurn = anyAngle}, {.name = "house", .shape = house, .mayTurn = upright},
        {.name = "fish", .shape = fish, .mayTurn = anyAngle}, {.name = "leaf", .shape = leaf, .mayTurn = anyAngle},
        {.name = "gear", .shape = gear, .mayTurn = anyAngle}, {.name = "lightning", .shape = lightning, .mayTurn = anyAngle},
        {.name = "key", .shape = key, .mayTurn = anyAngle}, {.name = "mug", .shape = mug, .mayTurn = upright},
        {.name = "umbrella", .shape = umbrella, .mayTurn = upright}, {.name = "tree", .shape = tree, .mayTurn = upright},
        {.name = "sailboat", .shape = sailboat, .mayTurn = upright}, {.name = "mushroom", .shape = mushroom, .mayTurn = upright}};
}

} // namespace graft::drawn
