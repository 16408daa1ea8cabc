#include "architectures/architecture.h"
#include "document/document.h"
#include "graph/adapters.h"
#include "graph/edits.h"
#include "graph/networkjson.h"
#include "graph/overview.h"
#include "nn/model.h"

#include <QTest>
#include <nlohmann/json.hpp>
#include <random>

using namespace graft;

namespace {

/// All that undo must bring back.
struct Snapshot {
    Network network;
    StateDict weights;
    std::vector<std::string> classNames;
    Preprocessing preprocessing;
};

Snapshot snapshotOf(const Document &document)
{
    return {document.model().network, document.model().weights, document.model().classNames, document.preprocessing()};
}

bool isSame(const Snapshot &a, const Snapshot &b)
{
    return a.network == b.network && a.weights == b.weights && a.classNames == b.classNames && a.preprocessing == b.preprocessing;
}

/// Edits of every kind, as a person in a hurry makes them: some are refused, many leave problems.
class Hand {
public:
    Hand(Document &document, unsigned seed) : m_document(document), m_random(seed) { }

    void edit();
    /// Keeps the network from growing beyond what a test has time for.
    void cut()
    {
        const std::string name = network().find(layer())->name;
        static_cast<void>(m_document.removeLayers(layersInBlock(network(), name.substr(0, name.find('.')))));
    }

private:
    using Layers = std::vector<LayerId>;

    int below(std::size_t count) { return static_cast<int>(m_random() % count); }
    [[nodiscard]] const Network &network() const { return m_document.model().network; }
    LayerId layer() { return network().layers()[static_cast<std::size_t>(below(network().layers().size()))].id; }
    Layers layers()
    {
        const std::string name = network().find(layer())->name;
        const std::string block(parentBlock(name));
        Layers some = {layer()};
        if (below(4) == 0 && !block.empty())
            some = layersInBlock(network(), block);
        return some;
    }
    QString type()
    {
        const auto &all = layerTypes().all();
        return QString::fromStdString(all[static_cast<std::size_t>(below(all.size()))].name);
    }
    InputPort port()
    {
        const LayerId id = layer();
        return {id, below(network().find(id)->inputs.size() + 2)};
    }
    std::optional<AttributeValue> valueFor(const AttributeSchema &schema);

    void editLayers(int kind);
    void editTraining(int kind);
    void editWhole(int kind);
    void setSomeAttribute();

    Document &m_document;
    std::mt19937 m_random;
    int m_edits = 0;
    LayerClip m_clip;
};

std::optional<AttributeValue> Hand::valueFor(const AttributeSchema &schema)
{
    if (below(4) == 0)
        return std::nullopt;
    if (std::holds_alternative<bool>(schema.defaultValue))
        return AttributeValue(below(2) == 0);
    if (std::holds_alternative<std::int64_t>(schema.defaultValue))
        return AttributeValue(std::int64_t{below(40) - 1});
    if (std::holds_alternative<double>(schema.defaultValue))
        return AttributeValue(below(30) / 20.0);
    if (std::holds_alternative<std::string>(schema.defaultValue))
        return schema.choices.empty() ? AttributeValue(std::string("word")) : AttributeValue(schema.choices.back());
    const std::size_t length = schema.length == 0 ? 2 : schema.length;
    return AttributeValue(std::vector<std::int64_t>(length, below(5)));
}

void Hand::setSomeAttribute()
{
    const LayerId id = layer();
    const LayerType &known = *layerTypes().find(network().find(id)->type);
    if (known.schema.empty())
        return;
    const AttributeSchema &schema = known.schema[static_cast<std::size_t>(below(known.schema.size()))];
    static_cast<void>(m_document.setAttribute({id}, QString::fromStdString(schema.name), valueFor(schema)));
}

void Hand::editLayers(int kind)
{
    switch (kind) {
    case 0: static_cast<void>(m_document.addLayer(type())); break;
    case 1: static_cast<void>(m_document.insertLayer(type(), port())); break;
    case 2: static_cast<void>(m_document.insertLayerBehind(type(), layer())); break;
    case 3: static_cast<void>(m_document.removeLayers(layers())); break;
    case 4: static_cast<void>(m_document.duplicateLayers(layers())); break;
    case 5: m_clip = m_document.copyLayers(layers()); break;
    case 6:
        if (auto clip = m_document.cutLayers(layers()))
            m_clip = std::move(*clip);
        break;
    case 7: static_cast<void>(m_document.pasteLayers(m_clip)); break;
    case 8: static_cast<void>(m_document.connectLayers(layer(), port())); break;
    case 9: static_cast<void>(m_document.disconnectInputs({port()})); break;
    case 10: static_cast<void>(m_document.setOutputLayer(layer())); break;
    case 11: static_cast<void>(m_document.renameLayer(layer(), QStringLiteral("block%1.layer%2").arg(below(9)).arg(below(99)))); break;
    default:
        static_cast<void>(m_document.renameBlock(
            QString::fromUtf8(parentBlock(network().find(layer())->name)), QStringLiteral("stage%1.part%2").arg(below(9)).arg(below(9))));
    }
}

void Hand::editTraining(int kind)
{
    switch (kind) {
    case 0: m_document.setFrozen(layers(), below(2) == 0, QStringLiteral("freeze")); break;
    case 1: m_document.setFrozen(layersOfType(network(), "BatchNorm2d"), below(2) == 0, QStringLiteral("freeze")); break;
    case 2: m_document.setLearningRateFactor(layers(), below(5) / 4.0); break;
    default: setSomeAttribute();
    }
}

void Hand::editWhole(int kind)
{
    const std::vector<HeadKind> &heads = headKinds();
    const HeadPlan plan{.kind = heads[static_cast<std::size_t>(below(heads.size()))], .classes = 1 + below(4), .width = 8};
    switch (kind) {
    case 0: static_cast<void>(m_document.fitToInputs(layersInBlock(network(), ""))); break;
    case 1: static_cast<void>(m_document.swapActivations(layersOfCategory(network(), "activation"), below(2) ? "GELU" : "PReLU")); break;
    case 2: static_cast<void>(m_document.replaceHead(plan)); break;
    case 3:
        if (below(10) == 0) // or nothing is left to edit
            static_cast<void>(m_document.cutAt(layer(), plan));
        break;
    case 4: static_cast<void>(m_document.setInputSize(16 + below(48))); break;
    case 5: static_cast<void>(m_document.setInputChannels(1 + below(4), ChannelWeights::Sum)); break;
    case 6: static_cast<void>(m_document.addLora(layers(), {.rank = 2, .alpha = 4})); break;
    case 7: static_cast<void>(m_document.addBottlenecks(layers(), 4)); break;
    default: static_cast<void>(m_document.mergeAdapters()); break;
    }
}

void Hand::edit()
{
    // Later the network seldom runs, which merging asks for.
    if (++m_edits == 1)
        return static_cast<void>(m_document.addLora(layersInBlock(network(), ""), {.rank = 2, .alpha = 4}));
    if (m_edits == 2)
        return static_cast<void>(m_document.mergeAdapters());
    const int kind = below(26);
    if (kind < 13)
        editLayers(kind);
    else if (kind < 17)
        editTraining(kind - 13);
    else
        editWhole(kind - 17);
}

/// The sentence of what is wrong with a network after an edit; empty when nothing is.
QString defectOf(const Document &document)
{
    const Network &network = document.model().network;
    const auto checked = check(network);
    if (!checked)
        return QString::fromStdString(checked.error().message);
    if (checked->problems != document.problems() || checked->figures.layers.size() != network.layers().size())
        return QStringLiteral("the document's problems are not those of the network");
    const auto read = networkFromJson(toJson(network));
    if (!read || toJson(*read) != toJson(network))
        return QStringLiteral("it does not come back from JSON: ") + (read ? QString() : QString::fromStdString(read.error().message));
    for (const auto &[name, tensor] : document.model().weights.entries()) {
        bool isOwned = false;
        for (std::string_view owner = name; !owner.empty() && !isOwned; owner = parentBlock(owner))
            isOwned = network.find(owner) != nullptr;
        if (!isOwned)
            return QStringLiteral("the tensor %1 belongs to no layer").arg(QString::fromStdString(name));
    }
    for (const auto &[tied, owner] : network.tiedTensors)
        if (tied == owner || network.tiedTensors.contains(owner))
            return QStringLiteral("ties lead to ties");
    if (checked->problems.empty() && !preparedWeights(network, document.model().weights, 1))
        return QStringLiteral("no weights can be made for it");
    return {};
}

} // namespace

/// 1,000 edits of all kinds and 1,000 undos bring back the identical model; all redos the edited one.
class UndoTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allEditsAreUndoneAndRedone_data();
    void allEditsAreUndoneAndRedone();
};

void UndoTest::allEditsAreUndoneAndRedone_data()
{
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<int>("edits");
    QTest::newRow("graft_resnet8") << "graft_resnet8" << 1000;
    QTest::newRow("squeezenet1_1") << "squeezenet1_1" << 150;
    QTest::newRow("mobilenet_v3_small") << "mobilenet_v3_small" << 150;
    QTest::newRow("googlenet") << "googlenet" << 80;
}

void UndoTest::allEditsAreUndoneAndRedone()
{
    QFETCH(const QString, architecture);
    QFETCH(const int, edits);
    ModelPackage package;
    package.network = architectures().find(architecture.toStdString())->build(10);
    package.weights = initialWeights(package.network, 1).value();
    package.classNames.assign(10, "class");
    const ModelPackage original = package;
    Document document;
    QVERIFY(document.openModel(package, {}));
    std::vector<Snapshot> states = {snapshotOf(document)};
    Hand hand(document, 7);
    QSet<QString> kinds; // first words of what could be undone
    int sound = 0;
    for (int tries = 0; document.undoStack().count() < edits && tries < edits * 20; ++tries) {
        const int before = document.undoStack().index();
        if (document.model().network.layers().size() > 400)
            hand.cut();
        else
            hand.edit();
        if (const QString defect = defectOf(document); !defect.isEmpty())
            QFAIL(qPrintable(QStringLiteral("after «%1»: %2").arg(document.undoStack().undoText(), defect)));
        sound += document.problems().empty() ? 1 : 0;
        kinds.insert(document.undoStack().undoText().section(QLatin1Char(' '), 0, 0));
        const int now = document.undoStack().index();
        if (now == before && isSame(states.back(), snapshotOf(document)))
            continue;
        states.resize(static_cast<std::size_t>(now));
        states.push_back(snapshotOf(document)); // also over the last one, for an edit that merged with it
    }
    QVERIFY2(document.undoStack().count() >= edits, qPrintable(QString::number(document.undoStack().count())));
    QVERIFY(sound > 0);
    if (edits == 1000)
        for (const char *kind : {"Add", "Insert", "Remove", "Duplicate", "Cut", "Paste", "Connect", "Disconnect", "Make", "Rename",
                 "freeze", "Change", "Fit", "Replace", "Merge"})
            QVERIFY2(kinds.contains(QLatin1String(kind)), kind);
    for (std::size_t index = states.size() - 1; index-- > 0;) {
        document.undoStack().undo();
        QVERIFY2(document.model().network == states[index].network, qPrintable(document.undoStack().redoText()));
        QVERIFY(isSame(snapshotOf(document), states[index]));
    }
    QVERIFY(!document.undoStack().canUndo());
    QVERIFY(document.model().network == original.network);
    QVERIFY(document.model().weights == original.weights);
    for (std::size_t index = 1; index < states.size(); ++index) {
        document.undoStack().redo();
        QVERIFY(isSame(snapshotOf(document), states[index]));
    }
    QVERIFY(!document.undoStack().canRedo());
}

QTEST_GUILESS_MAIN(UndoTest)
#include "undotest.moc"
