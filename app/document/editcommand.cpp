#include "document/editcommand.h"

namespace graft {

EditCommand::EditCommand(Document &document, const QString &text, ModelState after, QString mergeKey)
    : QUndoCommand(text), m_document(document), m_before(document.model()), m_after(std::move(after)), m_mergeKey(std::move(mergeKey))
{
}

void EditCommand::undo()
{
    m_document.apply(m_before);
}

void EditCommand::redo()
{
    m_document.apply(m_after);
}

bool EditCommand::mergeWith(const QUndoCommand *other)
{
    const auto *later = static_cast<const EditCommand *>(other);
    if (later->m_mergeKey != m_mergeKey)
        return false;
    m_after = later->m_after;
    setObsolete(m_after.network == m_before.network && m_after.weightsVersion == m_before.weightsVersion);
    return true;
}

} // namespace graft
