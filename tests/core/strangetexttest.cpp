#include "core/strangetext.h"

#include <QString>
#include <QTest>

using namespace graft;

class StrangeTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSentenceIsOneLineOfBoundedLength();
    void itsEndStays();
    void nothingEndsInsideACharacter();
    void aShortNameIsQuotedAsItIs();
};

void StrangeTextTest::aSentenceIsOneLineOfBoundedLength()
{
    QCOMPARE(asSentence("It holds 'a\nb\x1b[31m'; get it again."), "It holds 'a b [31m'; get it again.");
    QVERIFY(asSentence(std::string(1'000'000, 'x') + ".").size() <= 4000);
}

void StrangeTextTest::itsEndStays()
{
    QVERIFY(asSentence("It holds " + std::string(5000, 'x') + "; get the file again.").ends_with("xx; get the file again."));
}

void StrangeTextTest::nothingEndsInsideACharacter()
{
    for (int shift = 0; shift < 4; ++shift) {
        std::string text(static_cast<std::size_t>(shift), 'x');
        for (int count = 0; count < 2000; ++count)
            text += "花🌸";
        for (const std::string &result : {asSentence(text), inQuotes(text)})
            QCOMPARE(QString::fromStdString(result).toStdString(), result); // a broken character would come back as another
    }
}

void StrangeTextTest::aShortNameIsQuotedAsItIs()
{
    QCOMPARE(inQuotes("layer1.0.conv1.weight"), "`layer1.0.conv1.weight`");
    QCOMPARE(inQuotes("fc", '\''), "'fc'");
    QCOMPARE(inQuotes(std::string(81, 'x')), "`" + std::string(80, 'x') + "…`");
}

QTEST_GUILESS_MAIN(StrangeTextTest)
#include "strangetexttest.moc"
