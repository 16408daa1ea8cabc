#include "panelfinders.h"
#include "panelsamples.h"
#include "properties/layerpanel.h"
#include "properties/numberfield.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QToolButton>
#include <QtTest>

using namespace graft;
using namespace panelfinders;

using Ints = std::vector<std::int64_t>;

/// Drives the property panel with mouse and keyboard; a small document answers as the real one does.
class AttributesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyLayerTypeGetsAnEditorForEachAttribute();
    void aTypedNumberIsAskedForOnceWhenTypingPauses();
    void typingGoesOnWhileTheDocumentAnswers();
    void aValueOutOfRangeIsNeverAskedForAndTheLastGoodOneComesBack();
    void aRefusedValueIsExplainedAndTakenBack();
    void linkedSidesChangeTogether();
    void sidesThatDifferAreNotLinked();
    void theDefaultComesBackWithOneClick();
    void severalValuesAreSaidAndTypingSetsAllThatHaveTheAttribute();
    void choicesAndFlagsAreAskedForAtOnce();
    void listsAreTypedWithCommas();
    void theNameIsChangedInPlace();
    void aTakenNameIsRefusedInPlace();
    void aWholeBlockCanBeRenamed();
    void problemsOfTheChosenLayerAreShown();
    void nothingCanBeChangedDuringTraining();
};

namespace {

/// Does what is asked, as the window does with the document.
class Workplace {
public:
    explicit Workplace(Network start = panelsamples::network()) : network(std::move(start))
    {
        QObject::connect(&panel, &LayerPanel::attributeRequested, &panel,
            [this](const std::vector<LayerId> &layers, const QString &name, const std::optional<AttributeValue> &value) {
                requests.push_back({layers, name, value});
                if (!refusal.isEmpty())
                    return panel.showAttributeError(name, refusal);
                for (const LayerId id : layers) {
                    if (value)
                        network.find(id)->attributes[name.toStdString()] = *value;
                    else
                        network.find(id)->attributes.erase(name.toStdString());
                }
                choose(chosen);
            });
        panel.resize(340, 900);
        panel.show();
        panel.activateWindow();
        (void)QTest::qWaitForWindowActive(&panel);
    }

    void choose(const std::vector<int> &ids)
    {
        chosen = ids;
        std::vector<LayerId> layers;
        for (const int id : ids)
            layers.push_back({id});
        panel.showLayers(network, analyse(network).value_or(NetworkAnalysis{}), layers);
        QCoreApplication::processEvents(); // new rows are shown by the event loop
    }

    AttributeValue attribute(int layer, const std::string &name) const { return network.find(LayerId{layer})->attributes.at(name); }

    struct Request {
        std::vector<LayerId> layers;
        QString name;
        std::optional<AttributeValue> value;
    };
    Network network;
    LayerPanel panel;
    std::vector<Request> requests;
    std::vector<int> chosen;
    QString refusal;
};

template <typename Field>
void type(Field *field, const QString &text)
{
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, text);
}

/// In a label of its own, not within the help.
bool saysAlone(const QWidget &panel, const QString &sentence)
{
    const auto labels = panel.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->isVisible() && label->text() == sentence; });
}

QToolButton *toolButton(const QWidget &panel, const QString &accessibleName)
{
    return field<QToolButton>(panel, accessibleName);
}

constexpr int afterThePause = 450;

} // namespace

void AttributesTest::everyLayerTypeGetsAnEditorForEachAttribute()
{
    for (const LayerType &type : layerTypes().all()) {
        Network network;
        const LayerId input = network.add("input", "Input", {{"shape", AttributeValue{Ints{3, 32, 32}}}}, {});
        Attributes attributes;
        for (const AttributeSchema &schema : type.schema)
            attributes[schema.name] = schema.defaultValue;
        const LayerId layer = network.add("probe", type.name, attributes, {input});
        LayerPanel panel;
        panel.showLayers(network, {}, {layer});
        for (const AttributeSchema &schema : type.schema) {
            const auto children = panel.findChildren<QWidget *>();
            const bool found = std::any_of(children.begin(), children.end(), [&](const QWidget *child) {
                return child->accessibleName().section(QLatin1Char(','), 0, 0) == QString::fromStdString(schema.name)
                    && child->accessibleDescription().contains(QString::fromStdString(schema.help));
            });
            QVERIFY2(found, (type.name + "." + schema.name).c_str());
        }
    }
}

void AttributesTest::aTypedNumberIsAskedForOnceWhenTypingPauses()
{
    Workplace place;
    place.choose({1});
    type(field<NumberField>(place.panel, "out_channels"), "128");
    QCOMPARE(place.requests.size(), std::size_t{0});
    QTRY_COMPARE(place.requests.size(), std::size_t{1});
    QCOMPARE(place.attribute(1, "out_channels"), AttributeValue(std::int64_t{128}));
    QTest::keyClick(field<NumberField>(place.panel, "out_channels"), Qt::Key_Return);
    QCOMPARE(place.requests.size(), std::size_t{1});
    QTest::keyClick(field<NumberField>(place.panel, "out_channels"), Qt::Key_Up);
    QCOMPARE(place.attribute(1, "out_channels"), AttributeValue(std::int64_t{129}));
}

void AttributesTest::typingGoesOnWhileTheDocumentAnswers()
{
    Workplace place;
    place.choose({1});
    auto *channels = field<NumberField>(place.panel, "out_channels");
    place.panel.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&place.panel));
    type(channels, "12");
    QTest::qWait(afterThePause);
    QVERIFY(channels->hasFocus());
    QCOMPARE(field<NumberField>(place.panel, "out_channels"), channels);
    QTest::keyClicks(channels, "8");
    place.choose({1}); // some other change of the document in between
    QTest::keyClick(channels, Qt::Key_Return);
    QCOMPARE(place.attribute(1, "out_channels"), AttributeValue(std::int64_t{128}));
}

void AttributesTest::aValueOutOfRangeIsNeverAskedForAndTheLastGoodOneComesBack()
{
    Workplace place;
    place.choose({1});
    auto *channels = field<NumberField>(place.panel, "out_channels");
    type(channels, "0");
    QVERIFY(saysAlone(place.panel, "At least 1."));
    QTest::keyClick(channels, Qt::Key_Return);
    QTest::qWait(afterThePause);
    QVERIFY(place.requests.empty());
    QCOMPARE(place.attribute(1, "out_channels"), AttributeValue(std::int64_t{16}));
    QTest::keyClick(channels, Qt::Key_Escape);
    QVERIFY(!saysAlone(place.panel, "At least 1."));
    QCOMPARE(channels->value(), AttributeValue(std::int64_t{16}));
    type(channels, "-");
    QVERIFY(shows(place.panel, "Type a number"));
    field<NumberField>(place.panel, "groups")->setFocus();
    QTRY_COMPARE(channels->value(), AttributeValue(std::int64_t{16}));
    QVERIFY(!shows(place.panel, "Type a number"));
}

void AttributesTest::aRefusedValueIsExplainedAndTakenBack()
{
    Workplace place;
    place.refusal = "The run is using it, so that it has to stay as it is until the run is done or stopped by you.";
    place.choose({1});
    auto *channels = field<NumberField>(place.panel, "out_channels");
    type(channels, "32");
    QTest::keyClick(channels, Qt::Key_Return);
    QVERIFY(shows(place.panel, place.refusal));
    for (const QLabel *label : place.panel.findChildren<QLabel *>())
        if (label->text() == place.refusal)
            QTRY_VERIFY(label->height() >= label->heightForWidth(label->width()));
    field<NumberField>(place.panel, "groups")->setFocus();
    QTRY_COMPARE(channels->value(), AttributeValue(std::int64_t{16}));
    QCOMPARE(place.requests.size(), std::size_t{1});
}

void AttributesTest::linkedSidesChangeTogether()
{
    Workplace place;
    place.choose({1});
    type(field<NumberField>(place.panel, "kernel_size, height"), "5");
    QTest::keyClick(field<NumberField>(place.panel, "kernel_size, height"), Qt::Key_Return);
    QCOMPARE(place.attribute(1, "kernel_size"), AttributeValue(Ints{5, 5}));
    QTest::mouseClick(toolButton(place.panel, "kernel_size: height and width equal"), Qt::LeftButton);
    type(field<NumberField>(place.panel, "kernel_size, width"), "7");
    QTest::keyClick(field<NumberField>(place.panel, "kernel_size, width"), Qt::Key_Return);
    QCOMPARE(place.attribute(1, "kernel_size"), AttributeValue(Ints{5, 7}));
    QTest::mouseClick(toolButton(place.panel, "kernel_size: height and width equal"), Qt::LeftButton);
    QCOMPARE(place.attribute(1, "kernel_size"), AttributeValue(Ints{5, 5}));
}

void AttributesTest::sidesThatDifferAreNotLinked()
{
    Workplace place;
    place.network.find(LayerId{1})->attributes["kernel_size"] = Ints{1, 7};
    place.choose({1});
    QVERIFY(!toolButton(place.panel, "kernel_size: height and width equal")->isChecked());
    QVERIFY(toolButton(place.panel, "stride: height and width equal")->isChecked());
}

void AttributesTest::theDefaultComesBackWithOneClick()
{
    Workplace place;
    place.choose({1});
    auto *back = toolButton(place.panel, "padding: back to the default");
    QVERIFY(back->isVisible());
    QVERIFY(!toolButton(place.panel, "dilation: back to the default")->isVisible());
    QVERIFY(!toolButton(place.panel, "out_channels: back to the default")->isVisible());
    QTest::mouseClick(back, Qt::LeftButton);
    QCOMPARE(place.requests.size(), std::size_t{1});
    QVERIFY(!place.requests.front().value);
    QCOMPARE(field<NumberField>(place.panel, "padding, height")->value(), AttributeValue(std::int64_t{0}));
    QVERIFY(!back->isVisible());
}

void AttributesTest::severalValuesAreSaidAndTypingSetsAllThatHaveTheAttribute()
{
    Network network = panelsamples::network();
    network.add("extra", "BatchNorm2d", {{"num_features", std::int64_t{16}}, {"eps", 1e-3}}, {LayerId{2}});
    Workplace place(network);
    place.choose({1, 2, 7});
    auto *eps = field<NumberField>(place.panel, "eps");
    QVERIFY(!eps->value());
    QVERIFY(eps->isBlank());
    QCOMPARE(eps->findChild<QLineEdit *>()->placeholderText(), QStringLiteral("several values"));
    QCOMPARE(field<NumberField>(place.panel, "num_features")->value(), AttributeValue(std::int64_t{16}));
    type(eps, "1e-4");
    QTest::keyClick(eps, Qt::Key_Return);
    QCOMPARE(place.requests.size(), std::size_t{1});
    QCOMPARE(place.requests.front().layers, (std::vector<LayerId>{{2}, {7}}));
    QCOMPARE(place.attribute(7, "eps"), AttributeValue(1e-4));
    QCOMPARE(eps->value(), AttributeValue(1e-4));
}

void AttributesTest::choicesAndFlagsAreAskedForAtOnce()
{
    Network network = panelsamples::network();
    network.add("up", "Upsample", {}, {LayerId{3}});
    Workplace place(network);
    place.choose({1});
    auto *bias = field<QCheckBox>(place.panel, "bias");
    QVERIFY(!bias->isChecked());
    bias->setFocus();
    QTest::keyClick(bias, Qt::Key_Space);
    QCOMPARE(place.attribute(1, "bias"), AttributeValue(true));
    place.choose({7});
    auto *mode = field<QComboBox>(place.panel, "mode");
    QCOMPARE(mode->currentText(), QStringLiteral("nearest"));
    mode->setFocus();
    QTest::keyClick(mode, Qt::Key_Down);
    QCOMPARE(place.attribute(7, "mode"), AttributeValue(std::string("bilinear")));
}

void AttributesTest::listsAreTypedWithCommas()
{
    Workplace place;
    place.choose({0});
    auto *shape = field<QLineEdit>(place.panel, "shape");
    QCOMPARE(shape->text(), QStringLiteral("3, 64, 64"));
    type(shape, "1, 96, a");
    QVERIFY(shows(place.panel, "with commas"));
    type(shape, "1, 96, 96");
    QTest::keyClick(shape, Qt::Key_Return);
    QCOMPARE(place.attribute(0, "shape"), AttributeValue(Ints{1, 96, 96}));
}

void AttributesTest::theNameIsChangedInPlace()
{
    Workplace place;
    place.choose({1});
    LayerId renamed;
    QString wanted;
    connect(&place.panel, &LayerPanel::renameRequested, &place.panel, [&](LayerId layer, const QString &name) {
        renamed = layer;
        wanted = name;
        place.network.find(layer)->name = name.toStdString();
        place.choose({1});
    });
    auto *name = field<QWidget>(place.panel, "Name of the layer or block")->findChild<QLineEdit *>();
    QCOMPARE(name->text(), QStringLiteral("features.0.conv"));
    type(name, "features.0.first");
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(renamed.value, 1);
    QCOMPARE(wanted, QStringLiteral("features.0.first"));
    QCOMPARE(name->text(), QStringLiteral("features.0.first"));
}

void AttributesTest::aTakenNameIsRefusedInPlace()
{
    Workplace place;
    place.choose({1});
    bool asked = false;
    connect(&place.panel, &LayerPanel::renameRequested, &place.panel, [&] { asked = true; });
    auto *name = field<QWidget>(place.panel, "Name of the layer or block")->findChild<QLineEdit *>();
    type(name, "fc");
    QTest::keyClick(name, Qt::Key_Return);
    QVERIFY(!asked);
    QVERIFY(shows(place.panel, "`fc` already"));
    QTest::keyClick(name, Qt::Key_Escape);
    QCOMPARE(name->text(), QStringLiteral("features.0.conv"));
}

void AttributesTest::aWholeBlockCanBeRenamed()
{
    Workplace place;
    place.choose({1, 2, 3});
    QString block, wanted;
    connect(&place.panel, &LayerPanel::renameBlockRequested, &place.panel, [&](const QString &from, const QString &to) {
        block = from;
        wanted = to;
    });
    auto *name = field<QWidget>(place.panel, "Name of the layer or block")->findChild<QLineEdit *>();
    QVERIFY(!name->isReadOnly());
    type(name, "stem");
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(block, QStringLiteral("features.0"));
    QCOMPARE(wanted, QStringLiteral("stem"));
    place.choose({1, 2});
    QVERIFY(name->isReadOnly());
}

void AttributesTest::problemsOfTheChosenLayerAreShown()
{
    Workplace place;
    place.choose({1});
    place.panel.setProblems({{ErrorCode::ShapeMismatch, "Conv2d `features.0.conv` expects 4 channels.", "features.0.conv"},
        {ErrorCode::ShapeMismatch, "Linear `fc` expects 9 features.", "fc"}});
    QVERIFY(shows(place.panel, "expects 4 channels"));
    QVERIFY(!shows(place.panel, "expects 9 features"));
    place.choose({6});
    QVERIFY(shows(place.panel, "expects 9 features"));
}

void AttributesTest::nothingCanBeChangedDuringTraining()
{
    Workplace place;
    place.choose({1});
    place.panel.setEditable(false);
    QVERIFY(!field<NumberField>(place.panel, "out_channels")->isEnabled());
    QVERIFY(!toolButton(place.panel, "padding: back to the default")->isVisible());
    QVERIFY(field<QWidget>(place.panel, "Name of the layer or block")->findChild<QLineEdit *>()->isReadOnly());
}

QTEST_MAIN(AttributesTest)
#include "attributestest.moc"
