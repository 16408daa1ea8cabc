#pragma once
#include "graph/analysis.h"

#include <QWidget>
#include <set>

class QLineEdit;
class QTreeView;

namespace graft {

class OutlineFilter;
class OutlineModel;

/// The blocks of a network as a tree with a search line; the snowflake column freezes and thaws on a click or with the space bar.
class OutlineView : public QWidget {
    Q_OBJECT

public:
    explicit OutlineView(QWidget *parent = nullptr);
    ~OutlineView() override;

    /// Where the network has the same layers as before, what is unfolded and selected stays.
    void setNetwork(const Network &network, const NetworkAnalysis &analysis);
    /// Marks these layers without a signal.
    void setSelection(const std::vector<LayerId> &layers);
    [[nodiscard]] std::vector<LayerId> selection() const;

Q_SIGNALS:
    void selectionChanged(const std::vector<LayerId> &layers);
    void freezeRequested(const std::vector<LayerId> &layers, bool frozen);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] std::set<QString> expandedBlocks() const;
    void filterChanged(const QString &text);
    void retranslate();
    void fitKinds();

    OutlineModel *m_model;
    OutlineFilter *m_filter;
    QLineEdit *m_search;
    QTreeView *m_tree;
    bool m_settingSelection = false;
};

} // namespace graft
