#include "document/steps.h"
#include "document/document.h"

namespace graft {
namespace {

bool isTrainedAsItStands(const Document &document)
{
    const auto &record = document.model().training;
    return record && record->network == document.model().network && record->dataFolder == document.dataset().folder
        && record->validationShare == document.validationShare() && record->config == document.trainingConfig()
        && record->augmentation == document.augmentation() && record->preprocessing == document.preprocessing();
}

StepState trainState(const Document &document)
{
    if (document.model().training)
        return isTrainedAsItStands(document) ? StepState::Done : StepState::Stale;
    return document.hasModel() && document.hasData() ? StepState::Wanting : StepState::NotYet;
}

StepState judgeState(const Document &document)
{
    if (const auto &judgement = document.judgement())
        return judgement->weightsVersion == document.model().weightsVersion && judgement->dataFolder == document.dataset().folder
            ? StepState::Done
            : StepState::Stale;
    return document.headFitsData() && document.model().training ? StepState::Wanting : StepState::NotYet;
}

StepState exportState(const Document &document)
{
    if (const auto &written = document.lastExport(); written && written->outcome.passed())
        return written->weightsVersion == document.model().weightsVersion ? StepState::Done : StepState::Stale;
    return document.model().training ? StepState::Wanting : StepState::NotYet;
}

} // namespace

StepState stepState(const Document &document, Step step)
{
    switch (step) {
    case Step::Model: return document.hasModel() ? StepState::Done : StepState::Wanting;
    case Step::Data: return document.hasData() ? StepState::Done : StepState::Wanting;
    case Step::Adapt:
        if (!document.hasModel() || !document.hasData())
            return StepState::NotYet;
        return document.headFitsData() && document.analysis().trainableParameters > 0 && document.problems().empty() ? StepState::Done
                                                                                                                     : StepState::Wanting;
    case Step::Train: return trainState(document);
    case Step::Judge: return judgeState(document);
    case Step::Export: return exportState(document);
    }
    return StepState::NotYet;
}

} // namespace graft
