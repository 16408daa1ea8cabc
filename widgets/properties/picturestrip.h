#pragma once
#include <QImage>
#include <QWidget>
#include <vector>

namespace graft {

/// Small square pictures in rows, as many in a row as fit. Without pictures it shows a sentence.
class PictureStrip : public QWidget {
    Q_OBJECT

public:
    explicit PictureStrip(QWidget *parent = nullptr);
    void setPictures(const std::vector<QImage> &pictures);
    void setEmptyText(const QString &text);
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int cellSide(int width) const;
    [[nodiscard]] int columns(int width) const;

    std::vector<QImage> m_pictures;
    QString m_emptyText;
};

} // namespace graft
