#pragma once
#include "data/opencv.h"
#include "data/random.h"

#include <string>
#include <vector>

// How Graft draws its own pictures; internal to data/. Every number that decides on a pixel is rounded to a coarse step first, so that the
// last digit of a machine's sine does not matter.
namespace graft::drawn {

using Random = std::mt19937_64;

/// A place in a subject's own square: −1 … 1 across, −1 … 1 from top to bottom.
struct Point {
    double x = 0, y = 0;
};
using Outline = std::vector<Point>;

[[nodiscard]] double sine(double turns);
[[nodiscard]] double cosine(double turns);

/// Corners on a circle; the first at the top unless `turn` turns it.
[[nodiscard]] Outline regularPolygon(int corners, double radius = 1, double turn = 0);
/// A star with as many points as said, the first at the top.
[[nodiscard]] Outline star(int points, double inner);
[[nodiscard]] Outline ellipse(Point centre, double radiusX, double radiusY);
/// A part of an ellipse as an open line; 0 turns is to the right, a quarter is down.
[[nodiscard]] Outline arc(Point centre, double radiusX, double radiusY, double fromTurns, double toTurns);
[[nodiscard]] Outline rectangle(double left, double top, double right, double bottom);
[[nodiscard]] Outline joined(Outline first, const Outline &second);

/// Where in the picture a subject stands, and how.
struct Placement {
    double centreX = 0, centreY = 0; ///< pixels
    double scale = 1; ///< pixels for a length of 1
    double turns = 0; ///< clockwise
    double squeeze = 1; ///< > 1 = wider and lower
    double lean = 0; ///< sideways shift for each length downwards
    [[nodiscard]] Point toPixels(Point place) const;
    [[nodiscard]] Point fromPixels(Point pixel) const;
};

/// Where the subject is: 0 = nowhere, 255 = all of the pixel.
class Mask {
public:
    Mask(int size, const Placement &placement);
    void add(const Outline &outline) { fill(outline, 255); }
    void cut(const Outline &outline) { fill(outline, 0); }
    void addLine(const Outline &line, double width) { stroke(line, width, 255); }
    void cutLine(const Outline &line, double width) { stroke(line, width, 0); }
    /// One character in one of OpenCV's fonts, as large as the subject's square.
    void addGlyph(char character, int font, int thickness);
    [[nodiscard]] const cv::Mat &pixels() const { return m_pixels; }
    [[nodiscard]] const Placement &placement() const { return m_placement; }

private:
    void fill(const Outline &outline, int value);
    void stroke(const Outline &line, double width, int value);
    [[nodiscard]] std::vector<cv::Point> fixedPoints(const Outline &outline) const;

    cv::Mat m_pixels;
    Placement m_placement;
};

/// What is drawn: draws a shape into the mask with a choice of its own proportions.
using DrawShape = void (*)(Mask &mask, Random &random);
/// A pattern: the amount of the second colour, 0 … 1, at a place counted in the pattern's own periods; `variant` is 64 random bits of the
/// picture.
using Pattern = double (*)(double u, double v, std::uint64_t variant);

/// One class of drawn pictures: exactly one of the three is set.
struct Subject {
    std::string name;
    DrawShape shape = nullptr;
    Pattern pattern = nullptr;
    char glyph = 0;
    bool mayTurn = true; ///< any angle; otherwise nearly upright
};

[[nodiscard]] std::vector<Subject> shapeSubjects(); ///< pretraining
[[nodiscard]] std::vector<Subject> patternSubjects(); ///< pretraining
[[nodiscard]] std::vector<Subject> glyphSubjects(); ///< pretraining
[[nodiscard]] std::vector<Subject> objectSubjects(); ///< demo

/// A cluttered background, a subject that stands out from it, a little blur and noise: 8-bit RGB, size × size.
[[nodiscard]] cv::Mat compose(const Subject &subject, int size, Random &random);

} // namespace graft::drawn
