#include "graph/preprocessingcheck.h"
#include "graph/preprocessingpresets.h"
#include "graph/surgery.h"

#include <QTest>

using namespace graft;

namespace {

Preprocessing preset(const char *name)
{
    return choosePreprocessing(name, {}).value();
}

} // namespace

class PreprocessingCheckTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatTheWeightsWereTrainedWithRaisesNoDoubt()
    {
        for (const auto &known : preprocessingPresets())
            QVERIFY2(preprocessingDoubts(known.preprocessing, known.preprocessing, {3, 224, 224}).empty(), known.name.c_str());
    }

    void anotherRecipeThanThatOfTheWeightsIsSaid()
    {
        const auto doubts = preprocessingDoubts(preset("tensorflow"), preset("imagenet"), {3, 224, 224});
        QCOMPARE(doubts.size(), 1u);
        QVERIFY(doubts.front().find("otherwise than the model's weights") != std::string::npos);
    }

    void greyPicturesSuitANetworkOfOneChannel()
    {
        const Preprocessing usual, grey = inGrey(usual);
        QVERIFY(preprocessingDoubts(grey, usual, {1, 224, 224}).empty());
        QVERIFY(preprocessingDoubts(grey, usual, {3, 224, 224})
                    .front()
                    .starts_with("Pictures are prepared with 1 channel, but the network takes 3"));
        QVERIFY(preprocessingDoubts(usual, usual, {1, 224, 224}).front().starts_with("Pictures are prepared with 3 channels"));
    }

    void anotherSizeThanTheNetworksIsSaid()
    {
        Preprocessing small;
        small.crop = 192;
        const auto doubts = preprocessingDoubts(small, {}, {3, 224, 224});
        QCOMPARE(doubts.size(), 1u);
        QVERIFY(doubts.front().starts_with("Pictures are cut to 192 × 192 pixels, but the network takes 224 × 224"));
    }

    void meansInTheOtherChannelOrderAreSaid()
    {
        Preprocessing swapped;
        swapped.channelOrder = "BGR";
        QVERIFY(preprocessingDoubts(swapped, {}, {3, 224, 224}).front().starts_with("The means look like those of RGB"));
        // Not so when the weights themselves come with them.
        QVERIFY(preprocessingDoubts(swapped, swapped, {3, 224, 224}).empty());
    }

    void numbersThatNoNetworkSeesAreSaid()
    {
        Preprocessing tiny;
        tiny.standardDeviation = {58.4, 57.1, 57.4}; // of pixels from 0 to 255, the usual mistake
        const auto doubts = preprocessingDoubts(tiny, tiny, {3, 224, 224});
        QCOMPARE(doubts.size(), 1u);
        QVERIFY(doubts.front().starts_with("The network would see numbers from"));
    }
};

QTEST_GUILESS_MAIN(PreprocessingCheckTest)
#include "preprocessingchecktest.moc"
