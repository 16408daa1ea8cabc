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
    return a.network == b.network && a.classNames == b.classNames && a.labelSets == b.labelSets && a.preprocessing == b.preprocessing
        && shareTensors(a.weights, b.weights);
}

StoredState::StoredState(ModelState state, const StoredState *neighbour)
{
    const bool hasNeighbour = neighbour && neighbour->m_network;
    m_network = hasNeighbour && *neighbour->m_network == state.network ? neighbour->m_network
                                                                       : std::make_shared<const Network>(std::move(state.network));
    m_weights = hasNeighbour && shareTensors(*neighbour->m_weights, state.weights)
        ? neighbour->m_weights
        : std::make_shared<const StateDict>(std::move(state.weights));
    state.network = {};
    state.weights = {};
    m_rest = std::move(state);
}

ModelState StoredState::restored() const
{
    ModelState state = m_rest;
    state.network = *m_network;
    state.weights = *m_weights;
    return state;
}

const StoredState *EditCommand::lastOf(const QUndoStack &stack)
{
    const auto *last = stack.index() > 0 ? static_cast<const EditCommand *>(stack.command(stack.index() - 1)) : nullptr;
    return last ? &last->m_after : nullptr;
}

EditCommand::EditCommand(Document &document, Wording text, ModelState after, QString mergeKey)
    : QUndoCommand(text.text()), m_document(document), m_text(std::move(text)), m_before(document.model(), lastOf(document.undoStack())),
      m_after(std::move(after), &m_before), m_mergeKey(std::move(mergeKey))
{
}

void EditCommand::undo()
{
    m_document.apply(m_before.restored());
}

void EditCommand::redo()
{
    m_document.apply(m_after.restored());
}

bool EditCommand::mergeWith(const QUndoCommand *other)
{
    const auto *later = static_cast<const EditCommand *>(other);
    if (later->m_mergeKey != m_mergeKey)
        return false;
    m_after = later->m_after;
    setObsolete(isSameModel(m_after.restored(), m_before.restored()));
    if (isObsolete())
        m_document.apply(m_before.restored()); // the stack drops this command without undoing it
    return true;
}

} // namespace graft
