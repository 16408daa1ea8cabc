#include "graph/farline.h"

#include <algorithm>

namespace graft {
namespace {

constexpr double leastTitleShare = 0.35; ///< of a box
constexpr int smallestPixels = 14;

} // namespace

FarLineFitter::FarLineFitter(const QFont &titleFont, double zoom)
    : m_titleFont(titleFont), m_pixels(int(std::clamp(12.5 / zoom, 16.0, 30.0)))
{
}

const QFont &FarLineFitter::font(int pixels)
{
    QFont &known = m_fonts[pixels];
    if (known.pixelSize() != pixels) {
        known = m_titleFont;
        known.setPixelSize(pixels);
    }
    return known;
}

double FarLineFitter::width(const QString &text)
{
    auto known = m_widths.find(text);
    if (known == m_widths.end())
        known = m_widths.insert(text, QFontMetricsF(font(m_pixels)).horizontalAdvance(text));
    return *known;
}

const QFont &FarLineFitter::fontFor(const QString &text, double room)
{
    const double wanted = width(text);
    return font(wanted > room ? std::max(smallestPixels, int(m_pixels * room / wanted)) : m_pixels);
}

FarLine FarLineFitter::fit(const BoxTexts &texts, Side side, const QString &figure, double room)
{
    // The figure is what the colours are looked at for: the title makes room for it, as long as something is left of the title.
    const double figureRoom = figure.isEmpty() ? 0 : width(figure) + boxplan::columnGap;
    const bool showsFigure = side == Side::Figure && !figure.isEmpty() && room - figureRoom >= room * leastTitleShare;
    const double titleRoom = room - (showsFigure ? figureRoom : 0);
    FarLine line;
    line.titleFont = fontFor(texts.title, titleRoom);
    const QFontMetricsF metrics(line.titleFont);
    line.height = metrics.height();
    line.title = width(texts.title) > titleRoom ? metrics.elidedText(texts.title, Qt::ElideRight, titleRoom) : texts.title;
    if (showsFigure) {
        line.side = figure;
        line.sideFont = fontFor(figure, figureRoom);
    } else if (side == Side::Note) {
        addNote(line, texts, room - metrics.horizontalAdvance(line.title) - boxplan::columnGap);
    }
    return line;
}

void FarLineFitter::addNote(FarLine &line, const BoxTexts &texts, double room) const
{
    line.sideFont = line.titleFont;
    line.sideFont.setWeight(QFont::Normal);
    const QFontMetricsF metrics(line.sideFont);
    for (const QString &note : {texts.name, texts.shape}) {
        if (note.isEmpty() || metrics.horizontalAdvance(note) > room)
            continue;
        line.side = note;
        return;
    }
}

} // namespace graft
