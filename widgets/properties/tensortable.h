#pragma once
#include "core/tensor.h"

#include <QTableWidget>
#include <vector>

namespace graft {

/// How the tensors of a layer look: range, mean, spread, share of zeros; one a row, as high as its rows. Copied with Ctrl+C.
class TensorTable : public QTableWidget {
    Q_OBJECT

public:
    struct Row {
        QString name;
        QString shape; ///< empty when it is not known
        TensorStatistics figures;
    };

    explicit TensorTable(QWidget *parent = nullptr);
    void setRows(const std::vector<Row> &rows);

protected:
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] static QStringList textsOf(const Row &row);
    void setRow(int at, const QStringList &texts);
    void fit();
    void retranslate();

    QList<QStringList> m_texts; ///< shown
};

} // namespace graft
