#pragma once
#include "graph/boxtext.h"

#include <QFont>
#include <QHash>
#include <QString>

namespace graft {

/// What a box says in one line when it is looked at from far, and in which letters.
struct FarLine {
    QString title, side; ///< left and right; nothing = no room for it
    QFont titleFont, sideFont;
    double height = 0;
};

/// Fits the texts of boxes into one line of letters that stay readable at a zoom, smaller ones where a text is long. What was measured is
/// not measured again. Made for one painting; for one thread at a time.
class FarLineFitter {
public:
    /// What stands beside the title: the overlay's figure, whichever of the box's texts has room, or nothing.
    enum class Side { Figure, Note, Nothing };

    FarLineFitter(const QFont &titleFont, double zoom);
    [[nodiscard]] FarLine fit(const BoxTexts &texts, Side side, const QString &figure, double room);

private:
    [[nodiscard]] const QFont &font(int pixels);
    [[nodiscard]] const QFont &fontFor(const QString &text, double room);
    [[nodiscard]] double width(const QString &text); ///< in the letters that are wanted at this zoom
    void addNote(FarLine &line, const BoxTexts &texts, double room) const;

    QFont m_titleFont;
    int m_pixels; ///< that are wanted at this zoom
    QHash<int, QFont> m_fonts; ///< per pixel size
    QHash<QString, double> m_widths;
};

} // namespace graft
