#include <QProcess>
#include <QTest>

/// What the program says of itself in a terminal.
class HelpTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void helpAndVersionNeedNoDisplay();
};

void HelpTest::helpAndVersionNeedNoDisplay()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QString::fromLatin1(variable));
    for (const auto &[option, expected] : {std::pair{"--help", "--language <code>"}, {"--version", "graft "}}) {
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(GRAFT_PROGRAM), {QString::fromLatin1(option)});
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        const QByteArray text = process.readAllStandardOutput();
        QVERIFY2(text.contains(expected), text.constData());
    }
}

QTEST_GUILESS_MAIN(HelpTest)
#include "helptest.moc"
