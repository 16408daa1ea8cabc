#pragma once
#include <QImage>
#include <QWidget>

namespace graft {

/// A picture as large as fits, never enlarged beyond twice its size, with its proportions kept.
class PictureLabel : public QWidget {
    Q_OBJECT

public:
    explicit PictureLabel(QWidget *parent = nullptr);
    void setPicture(const QImage &picture);
    [[nodiscard]] QSize sizeHint() const override { return {400, 400}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, 120}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QImage m_picture;
};

} // namespace graft
