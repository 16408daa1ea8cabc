#include "document/editcommand.h"

#include <algorithm>

namespace graft {
namespace {

/// The same tensors under the same names: they share their bytes when nothing was done to them.
bool shareTensors(const StateDict &a, const StateDict &b)
{
    return std::ranges::equal(a.entries(), b.entries(), [](const StateDict::Entry &one, const StateDict::Entry &other) {
        return one.first == other.first && one.second.shape() == other.second.shape()
            && one.second.bytes().data() == other.second.bytes().data();
    });
}

} // namespace

bool isSameModel(const ModelState &a, const ModelState &b)
{
    return a.network == b.network && a.classNames == b.classNames && a.preprocessing == b.preprocessing
        && shareTensors(a.weights, b.weights);
}

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
    setObsolete(isSameModel(m_after, m_before));
    return true;
}

} // namespace graft
