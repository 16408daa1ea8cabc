#pragma once
#include "properties/headpreview.h"

#include <QWidget>

namespace graft {

/// A head's layers one beneath the other, from the end of the trunk to the classes, each with shape and parameters.
class HeadSketch : public QWidget {
    Q_OBJECT

public:
    explicit HeadSketch(QWidget *parent = nullptr);
    void setPreview(const HeadPreview &preview);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {1, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    void paintStep(QPainter &painter, int row) const;
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] bool hasColumns() const; ///< one for each of several heads side by side
    [[nodiscard]] int rowOf(int step) const;
    [[nodiscard]] QRectF boxOf(int step) const;
    [[nodiscard]] QString text(int row) const;

    HeadPreview m_preview;
};

} // namespace graft
