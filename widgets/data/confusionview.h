#pragma once
#include <QImage>
#include <QStringList>
#include <QWidget>
#include <cstdint>
#include <vector>

namespace graft {

/// The confusion matrix as a heat map: a row for each true class, a column for each answer. Right answers in the accent colour, wrong ones
/// in the colour of errors, the stronger the larger their share of the row. Mouse and arrow keys choose the cell that readoutChanged()
/// tells about; Ctrl+C copies the matrix as tab-separated text.
class ConfusionView : public QWidget {
    Q_OBJECT

public:
    explicit ConfusionView(QWidget *parent = nullptr);
    void setMatrix(const QStringList &classNames, const std::vector<std::vector<std::int64_t>> &confusion);
    [[nodiscard]] QString asText() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void readoutChanged(const QString &text); ///< empty when no cell is chosen

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    /// Where things are at the present size.
    struct Geometry {
        QRectF matrix;
        double cell = 0;
    };
    [[nodiscard]] Geometry geometryNow() const;
    [[nodiscard]] int labelWidth() const;
    void paintLabels(QPainter &painter, const Geometry &geometry) const;
    void paintNumbers(QPainter &painter, const Geometry &geometry) const;
    void choose(int row, int column);
    void makeImage();
    [[nodiscard]] double shareOfRow(std::size_t row, std::size_t column) const;
    void copy() const;

    QStringList m_names;
    std::vector<std::vector<std::int64_t>> m_counts;
    std::vector<std::int64_t> m_rowSums;
    QImage m_image;
    int m_row = -1;
    int m_column = -1;
};

} // namespace graft
