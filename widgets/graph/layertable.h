#pragma once
#include "graph/analysis.h"

#include <QWidget>

class QLineEdit;
class QMenu;
class QTableView;
class QToolButton;

namespace graft {

class LayerTableFilter;
class LayerTableModel;
class TotalsRow;

/// Every layer in a row: name, type, output shape, parameters, multiply-adds, memory, time, frozen. Sorts, filters, sums up what is marked
/// or shown, copies as tab-separated text, gives all as CSV.
class LayerTable : public QWidget {
    Q_OBJECT

public:
    explicit LayerTable(QWidget *parent = nullptr);
    ~LayerTable() override;

    void setNetwork(const Network &network, const NetworkAnalysis &analysis);
    /// Seconds that each layer takes for one picture, in the order of Network::layers(), NaN where it is not known; empty: not measured.
    void setTimes(const std::vector<double> &seconds);
    /// Marks these layers without a signal.
    void setSelection(const std::vector<LayerId> &layers);
    [[nodiscard]] std::vector<LayerId> selection() const;
    /// The selected rows as they stand (all that are shown when none is selected), with a head line, tab-separated; columns that are shown.
    [[nodiscard]] QString selectedText() const;
    /// All rows that are shown, with a head line, as RFC 4180 has it; columns that are shown.
    [[nodiscard]] QString csv() const;
    /// Which columns are shown, how wide and in which order: to be kept from one day to the next.
    [[nodiscard]] QByteArray columns() const;
    void restoreColumns(const QByteArray &columns);

Q_SIGNALS:
    void selectionChanged(const std::vector<LayerId> &layers);
    void freezeRequested(const std::vector<LayerId> &layers, bool frozen);
    void csvRequested(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildTable();
    void buildBar();
    void connectParts();
    void fillColumnsMenu();
    void fitColumns();
    void showMenu(const QPoint &place);
    void copy() const;
    void retranslate();
    void updateTotals();
    [[nodiscard]] QList<int> shownColumns() const; ///< from left to right
    [[nodiscard]] std::vector<int> summedRows() const; ///< of the filter

    LayerTableModel *m_model;
    LayerTableFilter *m_filter;
    QLineEdit *m_search;
    QToolButton *m_columnsButton;
    QToolButton *m_copyButton;
    QToolButton *m_csvButton;
    QMenu *m_columnsMenu;
    QTableView *m_table;
    TotalsRow *m_totals;
    bool m_settingSelection = false;
    bool m_timesWereShown = false;
    bool m_columnsAreThePersons = false; ///< as they were left another day
};

} // namespace graft
