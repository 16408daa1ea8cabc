#pragma once
#include "graph/analysis.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace graft {

class LayerTableModel;

/// Every layer in a row: name, type, output shape, parameters, multiply-adds, frozen. Sorts, filters, copies as tab-separated text.
class LayerTable : public QWidget {
    Q_OBJECT

public:
    explicit LayerTable(QWidget *parent = nullptr);
    ~LayerTable() override;

    void setNetwork(const Network &network, const NetworkAnalysis &analysis);
    /// Marks these layers without a signal.
    void setSelection(const std::vector<LayerId> &layers);
    [[nodiscard]] std::vector<LayerId> selection() const;
    /// The selected rows as they stand (all that are shown when none is selected), with a head line, tab-separated.
    [[nodiscard]] QString selectedText() const;

Q_SIGNALS:
    void selectionChanged(const std::vector<LayerId> &layers);
    void freezeRequested(const std::vector<LayerId> &layers, bool frozen);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showMenu(const QPoint &place);
    void copy() const;
    void retranslate();
    void updateTotals();

    LayerTableModel *m_model;
    QSortFilterProxyModel *m_filter;
    QLineEdit *m_search;
    QLabel *m_totals;
    QTableView *m_table;
    bool m_settingSelection = false;
};

} // namespace graft
