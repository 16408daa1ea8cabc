#pragma once
#include "graph/graphoverlay.h"
#include "graph/overlayscale.h"

#include <QWidget>

class QPainter;
class QPushButton;

namespace graft {

/// The ground of what lies in the corners of the graph.
void paintGraphPanel(QPainter &painter, const QRect &rect, const QPalette &palette);

/// What the colours mean, in a corner of the graph; where figures are missing, a button asks for them.
class OverlayLegend : public QWidget {
    Q_OBJECT

public:
    explicit OverlayLegend(QWidget *parent = nullptr);
    void setOverlay(const GraphOverlay &overlay, const OverlayScale &scale);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void figuresRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void paintSwatches(QPainter &painter) const;
    void paintScale(QPainter &painter) const;
    [[nodiscard]] QStringList lines() const;
    [[nodiscard]] QString barFigure(double place) const;
    /// Of a line that is wrapped into the width.
    [[nodiscard]] int lineHeight(const QString &text, int width) const;
    [[nodiscard]] int contentWidth() const;

    GraphOverlay m_overlay;
    OverlayScale m_scale;
    QPushButton *m_request;
};

} // namespace graft
