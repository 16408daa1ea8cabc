#pragma once
#include <QColor>
#include <QString>
#include <qcustomplot.h>
#include <vector>

namespace graft {

/// One bubble: where it is on the axes, how large in pixels, and how it looks.
struct Bubble {
    double x = 0, y = 0;
    double radius = 0; ///< pixels
    QColor color;
    QString label; ///< drawn beside it when it is chosen
    bool isFaded = false;
    bool isDrawn = true;
};

/// All bubbles of a chart, the large ones behind the small ones.
class BubbleItem : public QCPAbstractItem {
public:
    explicit BubbleItem(QCustomPlot *plot);

    void setBubbles(std::vector<Bubble> bubbles);
    void setChosen(int index) { m_chosen = index; } ///< -1 = none
    void setHovered(int index) { m_hovered = index; }
    [[nodiscard]] int chosen() const { return m_chosen; }
    [[nodiscard]] int hovered() const { return m_hovered; }
    [[nodiscard]] const std::vector<Bubble> &bubbles() const { return m_bubbles; }
    /// The foremost bubble there, faded ones last; -1 when there is none.
    [[nodiscard]] int bubbleAt(const QPointF &place) const;
    [[nodiscard]] QPointF placeOf(int index) const;
    double selectTest(const QPointF &place, bool onlySelectable, QVariant *details) const override;

protected:
    void draw(QCPPainter *painter) override;

private:
    void drawBubble(QCPPainter *painter, int index) const;
    void drawLabel(QCPPainter *painter, int index) const;

    std::vector<Bubble> m_bubbles;
    std::vector<int> m_order; ///< from the backmost to the foremost
    int m_chosen = -1;
    int m_hovered = -1;
};

} // namespace graft
