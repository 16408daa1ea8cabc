#include "graph/layertype.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace {

struct Message {
    QString context, source, translation, state; ///< state: "", "unfinished", "vanished", "obsolete"
};

QList<Message> readMessages(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<Message> messages;
    QXmlStreamReader xml(&file);
    Message message;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name")) {
            message.context = xml.readElementText();
        } else if (xml.name() == QLatin1String("source")) {
            message.source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            message.state = xml.attributes().value(QStringLiteral("type")).toString();
            message.translation = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            messages.append(message);
        }
    }
    return messages;
}

QStringList sorted(const QString &text, const QString &pattern)
{
    QStringList found;
    auto matches = QRegularExpression(pattern).globalMatch(text);
    while (matches.hasNext())
        found.append(matches.next().captured());
    found.removeDuplicates();
    found.sort();
    return found;
}

} // namespace

class TranslationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyStringIsTranslated_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("Simplified Chinese") << "zh_CN";
        QTest::newRow("Traditional Chinese") << "zh_TW";
    }

    void everyStringIsTranslated()
    {
        QFETCH(QString, language);
        const QString path = QStringLiteral(GRAFT_SOURCE_DIR "/translations/graft_%1.ts").arg(language);
        const QList<Message> messages = readMessages(path);
        QVERIFY2(messages.size() > 100, "the translations cannot be read");
        for (const Message &message : messages) {
            const QByteArray where = QStringLiteral("%1: «%2»").arg(message.context, message.source).toUtf8();
            QVERIFY2(message.state.isEmpty(), where);
            QVERIFY2(!message.translation.isEmpty(), where);
            QCOMPARE(sorted(message.translation, QStringLiteral("%(\\d|n|L\\d)")), sorted(message.source, QStringLiteral("%(\\d|n|L\\d)")));
            QCOMPARE(sorted(message.translation, QStringLiteral("</?\\w+>")), sorted(message.source, QStringLiteral("</?\\w+>")));
        }
    }

    void everyStringOfTheSourcesIsInTheFiles()
    {
        // The sources as lupdate sees them now, against the files as they are kept.
        const QString lupdate = QStringLiteral(GRAFT_LUPDATE);
        if (!QFile::exists(lupdate))
            QSKIP("lupdate is not installed");
        QTemporaryDir folder;
        const QString fresh = folder.filePath(QStringLiteral("fresh.ts"));
        QProcess process;
        process.start(lupdate,
            {QStringLiteral("-silent"), QStringLiteral("-locations"), QStringLiteral("none"), QStringLiteral("-I"),
                QStringLiteral(GRAFT_SOURCE_DIR "/app"), QStringLiteral("-I"), QStringLiteral(GRAFT_SOURCE_DIR "/widgets"),
                QStringLiteral(GRAFT_SOURCE_DIR "/app/document"), QStringLiteral(GRAFT_SOURCE_DIR "/app/controllers"),
                QStringLiteral(GRAFT_SOURCE_DIR "/app/gui"), QStringLiteral(GRAFT_SOURCE_DIR "/widgets"),
                QStringLiteral(GRAFT_SOURCE_DIR "/translations/enginetexts.cpp"), QStringLiteral("-ts"), fresh});
        QVERIFY(process.waitForFinished(60'000));
        QSet<QString> kept;
        for (const Message &message : readMessages(QStringLiteral(GRAFT_SOURCE_DIR "/translations/graft_zh_CN.ts")))
            kept.insert(message.context + QLatin1Char('|') + message.source);
        const QList<Message> wanted = readMessages(fresh);
        QVERIFY(!wanted.isEmpty());
        for (const Message &message : wanted)
            QVERIFY2(kept.contains(message.context + QLatin1Char('|') + message.source),
                qPrintable(QStringLiteral("not translated: %1: «%2»").arg(message.context, message.source)));
    }

    void whatTheEngineSaysOfItsLayersIsTranslated()
    {
        QSet<QString> kept;
        for (const Message &message : readMessages(QStringLiteral(GRAFT_SOURCE_DIR "/translations/graft_zh_CN.ts")))
            if (message.context == QLatin1String("graft::Engine"))
                kept.insert(message.source);
        for (const graft::LayerType &type : graft::layerTypes().all()) {
            QVERIFY2(kept.contains(QString::fromStdString(type.help)), type.help.c_str());
            for (const graft::AttributeSchema &attribute : type.schema)
                QVERIFY2(kept.contains(QString::fromStdString(attribute.help)), attribute.help.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TranslationsTest)
#include "translationstest.moc"
