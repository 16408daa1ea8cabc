#include "nn/recomputation.h"

#include "nn/torchversion.h"

#include <mutex>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

namespace graft {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

at::Tensor randomState(at::Device device)
{
    at::Generator generator = at::globalContext().defaultGenerator(device);
    const std::lock_guard lock(generator.mutex());
    return generator.get_state();
}

void setRandomState(at::Device device, const at::Tensor &state)
{
    at::Generator generator = at::globalContext().defaultGenerator(device);
    const std::lock_guard lock(generator.mutex());
    generator.set_state(state);
}

/// Weights that autocast converts are not kept: those of a pass without gradients would be constants in one with, and those of a pass that is
/// over belong to its graph.
class NoAutocastCache {
public:
    NoAutocastCache() : m_wasEnabled(at::autocast::is_autocast_cache_enabled()) { at::autocast::set_autocast_cache_enabled(false); }
    ~NoAutocastCache() { at::autocast::set_autocast_cache_enabled(m_wasEnabled); }
    NoAutocastCache(const NoAutocastCache &) = delete;
    NoAutocastCache &operator=(const NoAutocastCache &) = delete;

private:
    bool m_wasEnabled;
};

struct Call : torch::CustomClassHolder {
    Recomputable run;
    at::Device device = at::kCPU;
    std::size_t inputs = 0;
    bool autocasts = false;
    at::Tensor random; ///< the generator's state before
};

class Function : public torch::autograd::Function<Function> {
public:
    static variable_list forward(AutogradContext *context, at::TensorList tensors, const c10::intrusive_ptr<Call> &call)
    {
        context->set_materialize_grads(false);
        context->save_for_backward(tensors.vec());
        context->saved_data["call"] = c10::IValue::make_capsule(call);
        call->autocasts = torchversion::isAutocastEnabled(call->device.type());
        call->random = randomState(call->device);
        const NoAutocastCache noCache;
        return call->run(tensors.slice(0, call->inputs).vec(), false);
    }

    static variable_list backward(AutogradContext *context, const variable_list &ofOutputs)
    {
        const auto call = c10::static_intrusive_pointer_cast<Call>(context->saved_data["call"].toCapsule());
        variable_list tensors = context->get_saved_variables();
        for (std::size_t i = 0; i < call->inputs; ++i)
            tensors[i] = tensors[i].detach().requires_grad_(tensors[i].requires_grad());
        const variable_list outputs = runAgain(*call, {tensors.begin(), tensors.begin() + static_cast<std::ptrdiff_t>(call->inputs)});
        variable_list roots, ofRoots, wanted;
        for (std::size_t i = 0; i < outputs.size(); ++i)
            if (ofOutputs[i].defined() && outputs[i].requires_grad()) {
                roots.push_back(outputs[i]);
                ofRoots.push_back(ofOutputs[i]);
            }
        for (const at::Tensor &tensor : tensors)
            if (tensor.requires_grad())
                wanted.push_back(tensor);
        variable_list result(tensors.size() + 1); // one for the call itself
        if (roots.empty() || wanted.empty())
            return result;
        const variable_list gradients = torch::autograd::grad(roots, wanted, ofRoots, /*retain_graph=*/false, false, /*allow_unused=*/true);
        auto gradient = gradients.begin();
        for (std::size_t i = 0; i < tensors.size(); ++i)
            if (tensors[i].requires_grad())
                result[i] = *gradient++;
        return result;
    }

private:
    static variable_list runAgain(const Call &call, const variable_list &inputs)
    {
        const at::Tensor now = randomState(call.device);
        setRandomState(call.device, call.random);
        const at::AutoGradMode gradients(true);
        const Autocast autocast(call.device, call.autocasts);
        const NoAutocastCache noCache;
        variable_list outputs = call.run(inputs, true);
        setRandomState(call.device, now);
        return outputs;
    }
};

} // namespace

std::vector<at::Tensor> runWithRecomputation(
    Recomputable run, const std::vector<at::Tensor> &inputs, const std::vector<at::Tensor> &parameters, at::Device device)
{
    auto call = c10::make_intrusive<Call>();
    call->run = std::move(run);
    call->device = device;
    call->inputs = inputs.size();
    variable_list tensors = inputs;
    tensors.insert(tensors.end(), parameters.begin(), parameters.end());
    return Function::apply(at::TensorList(tensors), call);
}

} // namespace graft
