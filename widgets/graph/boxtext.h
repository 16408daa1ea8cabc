#pragma once
#include "graph/blocktree.h"

#include <QFont>
#include <QFontMetricsF>
#include <QHash>
#include <QSizeF>

namespace graft {

/// What a box says. Widths do not depend on what is frozen, so that freezing moves nothing.
struct BoxTexts {
    QString title; ///< a layer's type, a block's name
    QString name; ///< a layer's name, a block's number of inner blocks
    QString detail; ///< settings, or sums
    QString shape;
    bool hasStatistics = false; ///< of a normalization that keeps them: room for their mark
    bool operator==(const BoxTexts &) const = default;
};
[[nodiscard]] BoxTexts boxTexts(const BlockTree &tree, int node);

struct GraphFonts {
    QFont title, text;
};
/// On the window's thread.
[[nodiscard]] GraphFonts graphFonts();

/// The widths of texts in the graph's fonts; what was measured is not measured again. For one thread at a time.
class TextWidths {
public:
    explicit TextWidths(const GraphFonts &fonts) : m_title(fonts.title), m_text(fonts.text) { }
    [[nodiscard]] double title(const QString &text) { return width(m_titles, m_title, text); }
    [[nodiscard]] double text(const QString &text) { return width(m_texts, m_text, text); }

private:
    using Widths = QHash<QString, double>;
    [[nodiscard]] static double width(Widths &known, const QFontMetricsF &metrics, const QString &text);

    QFontMetricsF m_title, m_text;
    Widths m_titles, m_texts;
};

/// The size of a box, or of a frame's title, that has room for these texts.
[[nodiscard]] QSizeF boxSize(const BoxTexts &texts, TextWidths &widths, bool isBlock, bool isFrame);

/// Where the texts and marks stand within a box, in units of the scene.
namespace boxplan {
inline constexpr double boxHeight = 46;
inline constexpr double leastBoxWidth = 176;
inline constexpr double stripeWidth = 6;
inline constexpr double padding = 10;
inline constexpr double handleSide = 22;
inline constexpr double handleRoom = handleSide + 6;
inline constexpr double snowflakeSide = 14;
inline constexpr double statisticsSide = 15;
inline constexpr double columnGap = 16; ///< between what stands left and right in a line
} // namespace boxplan

} // namespace graft
