#include "core/files.h"
#include "formats/format.h"
#include "nn/torchmodel.h"

#include <torch/csrc/jit/frontend/tracer.h>
#include <torch/csrc/jit/serialization/export.h>
#include <torch/script.h>

#include <map>

namespace graft::fileformats::torchscript {
namespace {

constexpr std::int64_t tracedBatch = 2;

/// Nested modules as the dotted names say, so that Python sees the same `state_dict()` as of the network it was made from.
class ModuleTree {
public:
    ModuleTree() : m_root(make("Graft")) { }

    void addTensor(const TorchModel::NamedTensor &entry)
    {
        const auto dot = entry.name.rfind('.');
        torch::jit::Module module = block(std::string(parentBlock(entry.name)));
        module.register_parameter(dot == std::string::npos ? entry.name : entry.name.substr(dot + 1), entry.tensor, entry.isBuffer);
    }
    torch::jit::Module &root() { return m_root; }

private:
    torch::jit::Module make(const std::string &name)
    {
        torch::jit::Module module(c10::QualifiedName("__torch__." + name), m_unit, true);
        module.register_attribute("training", c10::BoolType::get(), false);
        return module;
    }
    // NOLINTNEXTLINE(misc-no-recursion): as deep as a name has dots.
    torch::jit::Module block(const std::string &name)
    {
        if (name.empty())
            return m_root;
        if (const auto known = m_blocks.find(name); known != m_blocks.end())
            return known->second;
        torch::jit::Module parent = block(std::string(parentBlock(name)));
        torch::jit::Module module = make("Block" + std::to_string(m_blocks.size()));
        parent.register_module(name.substr(name.rfind('.') + 1), module);
        m_blocks.emplace(name, module);
        return module;
    }

    std::shared_ptr<torch::jit::CompilationUnit> m_unit = std::make_shared<torch::jit::CompilationUnit>();
    torch::jit::Module m_root;
    std::map<std::string, torch::jit::Module> m_blocks;
};

/// The network's forward pass in evaluation mode, written down as it runs on an example; any number of pictures fits later.
void traceForward(torch::jit::Module &module, const TorchModel &model)
{
    const at::NoGradGuard noGradients;
    auto shape = model.network().inputShape();
    shape.insert(shape.begin(), tracedBatch);
    const auto forward = [&](torch::jit::Stack inputs) -> torch::jit::Stack {
        return {model.forward(inputs.at(0).toTensor(), TorchModel::Mode::Evaluation)};
    };
    const auto noName = [](const at::Tensor &) { return std::string(); };
    const auto traced = torch::jit::tracer::trace({at::zeros(shape)}, forward, noName, true, false, &module, {"pictures"});
    auto *function
        = module._ivalue()->compilation_unit()->create_function(c10::QualifiedName(*module.type()->name(), "forward"), traced.first->graph);
    module.type()->addMethod(function);
}

Result<void> write(const std::filesystem::path &path, const ModelPackage &package, const Attributes &)
{
    try {
        const auto model = TorchModel::create(package.network, package.weights, Device());
        if (!model)
            return fail(model.error());
        ModuleTree tree;
        for (const auto &entry : model->tensors())
            tree.addTensor(entry);
        traceForward(tree.root(), *model);
        const torch::jit::ExtraFilesMap extra = {{"graft.json", packageMetadata(package).at("graft")}};
        return writeAtomically(path, [&](std::ostream &stream) -> Result<void> {
            // LibTorch's writer ends the program when its sink fails, so the stream alone keeps the failure, for who opened it.
            const auto sink = [&](const void *data, std::size_t size) {
                stream.write(static_cast<const char *>(data), static_cast<std::streamsize>(size));
                return size;
            };
            torch::jit::ExportModule(tree.root(), sink, extra);
            return {};
        });
    } catch (const std::exception &error) {
        return fail(errorFromTorch(error, path.string()));
    }
}

} // namespace

void add(Formats &all)
{
    // "pth" reads all of PyTorch's zips: which they are stands behind the part that recognises() sees.
    all.add({.name = "torchscript", .title = "TorchScript", .extensions = {"pt"}, .recognises = nullptr, .read = nullptr, .write = write});
}

} // namespace graft::fileformats::torchscript
