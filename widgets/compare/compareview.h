#pragma once
#include "compare/comparerows.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace graft {

class CompareFilter;
class CompareModel;
class TotalsRow;

/// Two networks side by side, layer by layer, with what is different about the layers and how far the weights have moved.
class CompareView : public QWidget {
    Q_OBJECT

public:
    explicit CompareView(QWidget *parent = nullptr);
    ~CompareView() override;
    void setComparison(CompareSide left, CompareSide right, const ModelDifference &difference);
    /// While the comparison is being made.
    void setBusy(const Wording &text);
    /// The rows that are shown, with a head line, tab-separated.
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void backRequested();
    void compareWithFileRequested();
    /// A double click or Enter on a row; the layer's name on the right, or on the left where the right has none.
    void layerRequested(const QString &leftName, const QString &rightName);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildTop();
    void buildTable();
    void connectParts();
    void updateTotals();
    void retranslate();

    CompareModel *m_model;
    CompareFilter *m_filter;
    ModelDifference m_difference;
    Wording m_busy; ///< shown instead of the titles
    CompareSide m_left, m_right;
    QLabel *m_title;
    QLabel *m_summary;
    QLineEdit *m_search;
    QCheckBox *m_onlyDifferences;
    QPushButton *m_copy;
    QPushButton *m_file;
    QPushButton *m_back;
    QTableView *m_table;
    TotalsRow *m_totals;
};

} // namespace graft
