#include "data/drawncanvas.h"

namespace graft::drawn {
namespace {

template <int Corners>
void polygon(Mask &mask, Random &)
{
    mask.add(regularPolygon(Corners));
}

void circle(Mask &mask, Random &)
{
    mask.add(ellipse({}, 0.9, 0.9));
}

void square(Mask &mask, Random &)
{
    mask.add(rectangle(-0.8, -0.8, 0.8, 0.8));
}

void bar(Mask &mask, Random &random)
{
    const double half = uniform(random, 0.16, 0.26);
    mask.add(rectangle(-1, -half, 1, half));
}

void fivePointStar(Mask &mask, Random &random)
{
    mask.add(star(5, uniform(random, 0.36, 0.46)));
}

void hexagram(Mask &mask, Random &)
{
    mask.add(regularPolygon(3, 1));
    mask.add(regularPolygon(3, 1, 0.5));
}

void sun(Mask &mask, Random &random)
{
    mask.add(star(12, uniform(random, 0.6, 0.7)));
}

void cross(Mask &mask, Random &random)
{
    const double half = uniform(random, 0.2, 0.32);
    mask.add(rectangle(-0.95, -half, 0.95, half));
    mask.add(rectangle(-half, -0.95, half, 0.95));
}

void ring(Mask &mask, Random &random)
{
    const double inner = uniform(random, 0.45, 0.65);
    mask.add(ellipse({}, 0.95, 0.95));
    mask.cut(ellipse({}, inner, inner));
}

void frame(Mask &mask, Random &random)
{
    const double inner = uniform(random, 0.4, 0.55);
    mask.add(rectangle(-0.85, -0.85, 0.85, 0.85));
    mask.cut(rectangle(-inner, -inner, inner, inner));
}

void crescent(Mask &mask, Random &random)
{
    mask.add(ellipse({}, 0.95, 0.95));
    mask.cut(ellipse({uniform(random, 0.38, 0.5), 0}, 0.82, 0.82));
}

void heart(Mask &mask, Random &)
{
    mask.add(ellipse({-0.44, -0.36}, 0.5, 0.5));
    mask.add(ellipse({0.44, -0.36}, 0.5, 0.5));
    mask.add({{-0.86, -0.1}, {0, -0.45}, {0.86, -0.1}, {0, 0.95}});
}

void arrow(Mask &mask, Random &random)
{
    const double shaft = uniform(random, 0.15, 0.25), neck = uniform(random, -0.2, 0.1);
    mask.add({{0, -1}, {0.75, neck}, {shaft, neck}, {shaft, 1}, {-shaft, 1}, {-shaft, neck}, {-0.75, neck}});
}

void diamond(Mask &mask, Random &random)
{
    const double half = uniform(random, 0.45, 0.6);
    mask.add({{0, -1}, {half, 0}, {0, 1}, {-half, 0}});
}

void oval(Mask &mask, Random &random)
{
    mask.add(ellipse({}, 1, uniform(random, 0.42, 0.55)));
}

void semicircle(Mask &mask, Random &)
{
    mask.add(arc({0, 0.45}, 1, 1, 0.5, 1));
}

void trapezoid(Mask &mask, Random &random)
{
    const double top = uniform(random, 0.35, 0.55);
    mask.add({{-top, -0.6}, {top, -0.6}, {1, 0.6}, {-1, 0.6}});
}

void sector(Mask &mask, Random &random)
{
    const double mouth = uniform(random, 0.09, 0.14);
    mask.add(joined({{0, 0}}, arc({}, 0.95, 0.95, mouth, 1 - mouth)));
}

void drop(Mask &mask, Random &)
{
    mask.add(ellipse({0, 0.35}, 0.62, 0.62));
    mask.add({{0, -1}, {0.56, 0.1}, {-0.56, 0.1}});
}

void chevron(Mask &mask, Random &random)
{
    const double depth = uniform(random, 0.4, 0.55);
    mask.add({{-0.95, 0.1}, {0, -0.75}, {0.95, 0.1}, {0.95, 0.1 + depth}, {0, -0.75 + depth}, {-0.95, 0.1 + depth}});
}

void arch(Mask &mask, Random &random)
{
    const double inner = uniform(random, 0.45, 0.6);
    mask.add(joined(arc({0, -0.1}, 0.9, 0.85, 0.5, 1), {{0.9, 0.95}, {-0.9, 0.95}}));
    mask.cut(joined(arc({0, -0.1}, inner, inner, 0.5, 1), {{inner, 1.05}, {-inner, 1.05}}));
}

void flower(Mask &mask, Random &random)
{
    for (int petal = 0; petal < 5; ++petal) {
        const double turns = petal / 5.0;
        mask.add(ellipse({0.58 * sine(turns), -0.58 * cosine(turns)}, 0.4, 0.4));
    }
    const double middle = uniform(random, 0.16, 0.24);
    mask.add(ellipse({}, 0.4, 0.4));
    mask.cut(ellipse({}, middle, middle));
}

void dumbbell(Mask &mask, Random &random)
{
    mask.add(ellipse({-0.62, 0}, 0.38, 0.38));
    mask.add(ellipse({0.62, 0}, 0.38, 0.38));
    const double half = uniform(random, 0.1, 0.16);
    mask.add(rectangle(-0.6, -half, 0.6, half));
}

void hook(Mask &mask, Random &random)
{
    mask.addLine(joined({{0.5, -0.9}}, arc({0, 0.3}, 0.5, 0.5, 0, 0.5)), uniform(random, 0.26, 0.36));
}

void ess(Mask &mask, Random &random)
{
    const auto upper = arc({0, -0.42}, 0.5, 0.42, 0.95, 0.25), lower = arc({0, 0.42}, 0.5, 0.42, 0.75, 1.45);
    mask.addLine(joined(upper, lower), uniform(random, 0.2, 0.3));
}

void stairs(Mask &mask, Random &)
{
    mask.add(
        {{-0.9, 0.9}, {-0.9, 0.45}, {-0.45, 0.45}, {-0.45, 0}, {0, 0}, {0, -0.45}, {0.45, -0.45}, {0.45, -0.9}, {0.9, -0.9}, {0.9, 0.9}});
}

} // namespace

std::vector<Subject> shapeSubjects()
{
    const std::vector<std::pair<const char *, DrawShape>> shapes = {{"circle", circle}, {"square", square}, {"triangle", polygon<3>},
        {"pentagon", polygon<5>}, {"bar", bar}, {"star", fivePointStar}, {"hexagram", hexagram}, {"sun", sun}, {"cross", cross},
        {"ring", ring}, {"frame", frame}, {"crescent", crescent}, {"heart", heart}, {"arrow", arrow}, {"diamond", diamond}, {"oval", oval},
        {"semicircle", semicircle}, {"trapezoid", trapezoid}, {"sector", sector}, {"drop", drop}, {"chevron", chevron}, {"arch", arch},
        {"flower", flower}, {"dumbbell", dumbbell}, {"hook", hook}, {"wiggle", ess}, {"stairs", stairs}};
    std::vector<Subject> subjects;
    for (const auto &[name, draw] : shapes)
        subjects.push_back({.name = name, .shape = draw});
    return subjects;
}

std::vector<Subject> glyphSubjects()
{
    const std::vector<std::pair<const char *, char>> glyphs
        = {{"letter-a", 'A'}, {"letter-b", 'B'}, {"letter-e", 'E'}, {"letter-g", 'G'}, {"letter-k", 'K'}, {"letter-r", 'R'},
            {"letter-w", 'W'}, {"digit-two", '2'}, {"digit-four", '4'}, {"digit-five", '5'}, {"digit-seven", '7'}, {"digit-eight", '8'}};
    std::vector<Subject> subjects;
    for (const auto &[name, character] : glyphs)
        subjects.push_back({.name = name, .glyph = character, .mayTurn = false});
    return subjects;
}

} // namespace graft::drawn
