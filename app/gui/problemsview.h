#pragma once
#include "document/steps.h"
#include "graph/network.h"

#include <QTreeWidget>
#include <optional>

namespace graft {

class Document;

/// What is not as it should be, in the network, the data and the plan: one line each with where it is; a click or Enter goes there. Empty
/// when all is well.
class ProblemsView : public QTreeWidget {
    Q_OBJECT
public:
    explicit ProblemsView(QWidget *parent = nullptr);
    void setDocument(const Document &document);
    /// The machine's own: slow mathematics.
    void setMachineWarning(const QString &warning);
    [[nodiscard]] int count() const { return topLevelItemCount(); }

Q_SIGNALS:
    void countChanged(int count);
    void layerRequested(graft::LayerId layer); ///< the one that the problem is about
    void stepRequested(graft::Step step); ///< where it can be solved

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Place {
        LayerId layer; ///< invalid when it is about no layer
        std::optional<Step> step;
    };
    void addNetworkProblems(const Document &document);
    void add(const QString &problem, const QString &where, const Place &place, bool isError = false);
    void go(const QTreeWidgetItem *item);
    void copy() const;
    void retranslate();

    QString m_machineWarning;
};

} // namespace graft
