#pragma once
#include "common/retranslation.h"
#include "graph/blocktree.h"

#include <QWidget>
#include <optional>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;

namespace graft {

/// Freezes or trains all layers that a search finds: by name, pattern, type, size; see LayerQuery.
class FreezeFinder : public QWidget {
    Q_OBJECT

public:
    explicit FreezeFinder(QWidget *parent = nullptr);
    void setNetwork(const Network &network);
    void setEditable(bool editable);

Q_SIGNALS:
    void freezeRequested(const std::vector<graft::LayerId> &layers, bool frozen);

protected:
    void changeEvent(QEvent *event) override;

private:
    void find();
    void refresh();

    Retranslation m_texts;
    Network m_network;
    std::optional<BlockTree> m_tree; ///< made when it is first asked for
    std::vector<LayerId> m_found;
    bool m_editable = true;
    QLineEdit *m_line;
    QLabel *m_note;
    QPushButton *m_freeze;
    QPushButton *m_train;
};

} // namespace graft
