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
    void fitRequested(const std::vector<graft::LayerId> &layers); ///< those of the selected problems: to what comes in
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
    [[nodiscard]] std::vector<LayerId> selectedLayers() const;
    void retranslate();

    QString m_machineWarning;
    QAction *m_fit = nullptr, *m_copy = nullptr;
};

} // namespace graft
