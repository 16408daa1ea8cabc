#pragma once
#include "document/document.h"

#include <QUndoCommand>

namespace graft {

/// Whether nothing was edited between two states; tensors that were copied count as others.
[[nodiscard]] bool isSameModel(const ModelState &a, const ModelState &b);

/// «The model was this and becomes that»: the one command behind every edit.
class EditCommand : public QUndoCommand {
public:
    /// Edits with the same `mergeKey` that follow each other become one; an empty key never merges.
    EditCommand(Document &document, const QString &text, ModelState after, QString mergeKey = {});
    void undo() override;
    void redo() override;
    [[nodiscard]] int id() const override { return m_mergeKey.isEmpty() ? -1 : 1; }
    bool mergeWith(const QUndoCommand *other) override;

private:
    Document &m_document;
    ModelState m_before, m_after;
    QString m_mergeKey;
};

} // namespace graft
