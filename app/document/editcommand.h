#pragma once
#include "document/document.h"

#include <QUndoCommand>
#include <memory>

namespace graft {

/// Whether nothing was edited between two states; tensors that were copied count as others.
[[nodiscard]] bool isSameModel(const ModelState &a, const ModelState &b);

/// A state as the undo stack holds it: a network and a list of weights that neighbouring states have in common are held once, so that a
/// thousand steps fit into memory.
class StoredState {
public:
    StoredState() = default;
    /// `neighbour` is another state that may have much in common; nullptr for none.
    StoredState(ModelState state, const StoredState *neighbour);
    [[nodiscard]] ModelState restored() const;

private:
    std::shared_ptr<const Network> m_network;
    std::shared_ptr<const StateDict> m_weights;
    ModelState m_rest; ///< without these two
};

/// «The model was this and becomes that»: the one command behind every edit.
class EditCommand : public QUndoCommand {
public:
    /// Edits with the same `mergeKey` that follow each other become one; an empty key never merges.
    EditCommand(Document &document, Wording text, ModelState after, QString mergeKey = {});
    void undo() override;
    void redo() override;
    [[nodiscard]] int id() const override { return m_mergeKey.isEmpty() ? -1 : 1; }
    void retranslate() { setText(m_text.text()); }
    bool mergeWith(const QUndoCommand *other) override;

private:
    /// What the command before this one left behind.
    [[nodiscard]] static const StoredState *lastOf(const QUndoStack &stack);

    Document &m_document;
    Wording m_text;
    StoredState m_before, m_after;
    QString m_mergeKey;
};

} // namespace graft
