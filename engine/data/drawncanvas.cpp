#include "data/drawncanvas.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace graft::drawn {
namespace {

// Places are given to OpenCV in 1/16 pixel.
constexpr int fixedBits = 4;
constexpr int curvePoints = 48;

double rounded(double value)
{
    return std::round(value * 65536) / 65536;
}

} // namespace

double sine(double turns)
{
    return rounded(std::sin(turns * 2 * CV_PI));
}

double cosine(double turns)
{
    return rounded(std::cos(turns * 2 * CV_PI));
}

Outline regularPolygon(int corners, double radius, double turn)
{
    Outline outline;
    for (int i = 0; i < corners; ++i) {
        const double turns = turn + static_cast<double>(i) / corners;
        outline.push_back({radius * sine(turns), -radius * cosine(turns)});
    }
    return outline;
}

Outline star(int points, double inner)
{
    Outline outline;
    for (int i = 0; i < points * 2; ++i) {
        const double turns = static_cast<double>(i) / (points * 2), radius = i % 2 == 0 ? 1 : inner;
        outline.push_back({radius * sine(turns), -radius * cosine(turns)});
    }
    return outline;
}

Outline ellipse(Point centre, double radiusX, double radiusY)
{
    return arc(centre, radiusX, radiusY, 0, 1);
}

Outline arc(Point centre, double radiusX, double radiusY, double fromTurns, double toTurns)
{
    Outline line;
    for (int i = 0; i <= curvePoints; ++i) {
        const double turns = fromTurns + (toTurns - fromTurns) * i / curvePoints;
        line.push_back({centre.x + radiusX * cosine(turns), centre.y + radiusY * sine(turns)});
    }
    return line;
}

Outline rectangle(double left, double top, double right, double bottom)
{
    return {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
}

Outline joined(Outline first, const Outline &second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

Point Placement::toPixels(Point place) const
{
    const double x = (place.x + lean * place.y) * squeeze, y = place.y / squeeze;
    const double c = cosine(turns), s = sine(turns);
    return {centreX + scale * (c * x - s * y), centreY + scale * (s * x + c * y)};
}

Point Placement::fromPixels(Point pixel) const
{
    const double c = cosine(turns), s = sine(turns);
    const double dx = (pixel.x - centreX) / scale, dy = (pixel.y - centreY) / scale;
    const double y = (c * dy - s * dx) * squeeze;
    return {(c * dx + s * dy) / squeeze - lean * y, y};
}

Mask::Mask(int size, const Placement &placement) : m_pixels(size, size, CV_8UC1, cv::Scalar(0)), m_placement(placement) { }

std::vector<cv::Point> Mask::fixedPoints(const Outline &outline) const
{
    std::vector<cv::Point> points;
    points.reserve(outline.size());
    for (const Point place : outline) {
        const Point pixel = m_placement.toPixels(place);
        points.emplace_back(
            static_cast<int>(std::lround(pixel.x * (1 << fixedBits))), static_cast<int>(std::lround(pixel.y * (1 << fixedBits))));
    }
    return points;
}

void Mask::fill(const Outline &outline, int value)
{
    cv::fillPoly(m_pixels, std::vector<std::vector<cv::Point>>{fixedPoints(outline)}, cv::Scalar(value), cv::LINE_AA, fixedBits);
}

void Mask::stroke(const Outline &line, double width, int value)
{
    const int thickness = std::max(1, static_cast<int>(std::lround(width * m_placement.scale)));
    cv::polylines(
        m_pixels, std::vector<std::vector<cv::Point>>{fixedPoints(line)}, false, cv::Scalar(value), thickness, cv::LINE_AA, fixedBits);
}

void Mask::addGlyph(char character, int font, int thickness)
{
    constexpr int side = 160;
    cv::Mat upright(side, side, CV_8UC1, cv::Scalar(0));
    cv::putText(upright, std::string(1, character), {side / 4, side * 3 / 4}, font, 3, cv::Scalar(255), thickness, cv::LINE_AA);
    const cv::Rect box = cv::boundingRect(upright);
    // From the picture's pixels to those of the upright glyph, whose longer side spans the square.
    const double half = std::max(box.width, box.height) / 2.0;
    const double middleX = box.x + (box.width - 1) / 2.0, middleY = box.y + (box.height - 1) / 2.0;
    const Point origin = m_placement.fromPixels({0, 0}), right = m_placement.fromPixels({1, 0}), down = m_placement.fromPixels({0, 1});
    const cv::Matx23d toGlyph(half * (right.x - origin.x), half * (down.x - origin.x), middleX + half * origin.x,
        half * (right.y - origin.y), half * (down.y - origin.y), middleY + half * origin.y);
    cv::warpAffine(
        upright, m_pixels, toGlyph, m_pixels.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, cv::Scalar(0));
}

} // namespace graft::drawn
