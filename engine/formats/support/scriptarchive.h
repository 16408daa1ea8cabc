#pragma once
#include "formats/support/atenvalue.h"
#include "formats/support/scriptcode.h"
#include "formats/support/torchtensors.h"
#include "formats/support/zipdirectory.h"

#include <map>
#include <optional>
#include <set>

namespace graft {

/// What a TorchScript archive holds: objects with attributes and tensors (`data.pkl`), constants, and code, which is read as it is asked
/// for. Nothing of it is run here.
class ScriptArchive {
public:
    /// FileCorrupt, FileRefused; FormatUnknown for a quantised network, and for what has no module as its root.
    [[nodiscard]] static Result<std::unique_ptr<ScriptArchive>> open(ZipDirectory zip, const std::string &subject);
    ScriptArchive(const ScriptArchive &) = delete;
    ScriptArchive &operator=(const ScriptArchive &) = delete;
    ~ScriptArchive() = default;

    [[nodiscard]] AtenValue root() const;
    [[nodiscard]] const std::string &subject() const { return m_subject; }
    [[nodiscard]] const ScriptCode &code() const { return m_code; }

    /// The class of a Module value, with its code; nullptr when the archive has none for it.
    [[nodiscard]] Result<const ScriptClass *> classOf(const AtenValue &module);
    /// "__torch__.torchvision.models.resnet.ResNet", without what was added to tell classes of one name apart.
    [[nodiscard]] std::string className(const AtenValue &module) const;
    [[nodiscard]] Result<const ScriptClass *> findClass(const std::string &name);
    [[nodiscard]] Result<const ScriptFunction *> findFunction(const std::string &name);

    /// An attribute of a Module value; nothing when it has none of that name. Tensors that stand in the file once are shared.
    [[nodiscard]] Result<std::optional<AtenValue>> attribute(const AtenValue &module, const std::string &name);
    /// CONSTANTS.c<number>; Unknown when there is none.
    [[nodiscard]] Result<AtenValue> constant(std::size_t number);
    /// The tensor at an attribute's path from the root.
    [[nodiscard]] std::optional<Tensor> tensorAt(const std::string &path);
    /// Tensors remember the layers that stand for them in a graph: before another graph is made, they must not.
    void forgetLayers();
    /// All tensors of the modules under their paths, as `state_dict()` and constants give them.
    [[nodiscard]] Result<StateDict> allTensors();

private:
    ScriptArchive(ZipDirectory zip, std::string subject) : m_zip(std::move(zip)), m_subject(std::move(subject)) { }
    struct Data; ///< one pickle and its tensors
    [[nodiscard]] Result<void> readData();
    [[nodiscard]] Result<void> requirePlain() const;
    [[nodiscard]] Result<AtenValue> valueOf(Data &data, std::uint32_t node, const std::string &path, bool isParameter, int depth = 0);
    [[nodiscard]] Result<AtenValue> tensorOf(Data &data, std::uint32_t node, const std::string &path, bool isParameter);
    [[nodiscard]] Result<void> load(const std::string &module);
    [[nodiscard]] const PickleNode *state(std::uint32_t object) const;

    struct Data {
        Pickle pickle;
        std::optional<PickledTensors> tensors;
        std::map<std::uint32_t, AtenValue> known; ///< tensors by their place in the pickle
    };
    ZipDirectory m_zip;
    std::string m_subject;
    Data m_objects;
    Data m_constants;
    ScriptCode m_code;
    std::set<std::string, std::less<>> m_loaded; ///< modules whose code has been read
    std::size_t m_codeBytes = 0;
    std::optional<Error> m_broken; ///< of code that could not be read
};

} // namespace graft
