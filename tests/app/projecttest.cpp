#include "document/project.h"
#include "controllers/projectcontroller.h"
#include "document/autosavefolder.h"
#include "formats/format.h"
#include "support/smallpackage.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <random>

using namespace graft;

namespace {

ModelPackage namedPackage()
{
    ModelPackage package = smallPackage(2);
    package.classNames = {"cat", "狗"};
    package.labelSets = {{"animal", 1}, {"动物", 1}};
    package.origin = "a test";
    package.licence = "none";
    return package;
}

/// Nothing in it is as it is at first.
Project sampleProject()
{
    Project project;
    project.package = namedPackage();
    project.package.network.find(project.package.network.find("trunk.conv")->id)->frozen = true;
    project.originalPreprocessing.channelOrder = "BGR";
    project.modelFile = "/models/small.pth";
    project.dataFolder = "/pictures/pets";
    project.validationShare = 0.3;
    project.config.epochs = 17;
    project.config.optimizer = "adamw";
    project.augmentation.rotation = 12;
    project.selection = {"fc"};
    project.seed = 5;
    TrainingRecord record;
    record.network = project.package.network;
    record.dataFolder = project.dataFolder;
    record.config.epochs = 3;
    record.preprocessing = project.package.preprocessing;
    record.runFolder = "/runs/1";
    record.bestEpoch = 2;
    project.training = record;
    return project;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeContent(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

void compare(const Project &got, const Project &expected)
{
    QVERIFY(got.package.network == expected.package.network);
    QVERIFY(got.package.weights == expected.package.weights);
    QVERIFY(got.package.preprocessing == expected.package.preprocessing);
    QCOMPARE(got.package.classNames, expected.package.classNames);
    QVERIFY(got.package.labelSets == expected.package.labelSets);
    QCOMPARE(got.package.origin, expected.package.origin);
    QVERIFY(got.originalPreprocessing == expected.originalPreprocessing);
    QCOMPARE(got.modelFile, expected.modelFile);
    QVERIFY(got.training == expected.training);
    QCOMPARE(got.dataFolder, expected.dataFolder);
    QCOMPARE(got.validationShare, expected.validationShare);
    QVERIFY(got.config == expected.config);
    QVERIFY(got.augmentation == expected.augmentation);
    QCOMPARE(got.selection, expected.selection);
    QCOMPARE(got.seed, expected.seed);
}

} // namespace

class ProjectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aProjectComesBackAsItWas()
    {
        QVERIFY(writeProject(file("whole"), sampleProject()));
        const auto again = readProject(file("whole"));
        QVERIFY2(again, again ? "" : again.error().message.c_str());
        compare(*again, sampleProject());
    }

    void aProjectFileIsAModelFileToo()
    {
        QVERIFY(writeProject(file("model"), sampleProject()));
        const auto model = readModel(file("model"));
        QVERIFY2(model, model ? "" : model.error().message.c_str());
        QVERIFY(model->network == sampleProject().package.network);
    }

    void aProjectWithoutAModelOrWithHalfItsWeightsIsKeptToo()
    {
        Project empty;
        empty.config.epochs = 4;
        QVERIFY(writeProject(file("empty"), empty));
        QVERIFY(readProject(file("empty"))->package.network.empty());
        QCOMPARE(readProject(file("empty"))->config.epochs, 4);
        Project half = sampleProject();
        StateDict weights;
        weights.set("fc.bias", *half.package.weights.find("fc.bias"));
        half.package.weights = weights;
        QVERIFY(writeProject(file("half"), half));
        compare(*readProject(file("half")), half);
    }

    void tensorsOfAnotherShapeThanTheNetworksAreLeftOut()
    {
        Project project = sampleProject();
        project.package.weights.set("fc.bias", Tensor::fromFloats({3}, std::vector<float>{1, 2, 3}));
        QVERIFY(writeProject(file("shape"), project));
        const auto again = readProject(file("shape"));
        QVERIFY(again);
        QVERIFY(!again->package.weights.contains("fc.bias"));
        QVERIFY(again->package.weights.contains("fc.weight"));
    }

    void picturesThatMovedAlongAreFound()
    {
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("here/pets")));
        Project project = sampleProject();
        project.dataFolder = m_folder.filePath(QStringLiteral("here/pets")).toStdString();
        QVERIFY(writeProject(m_folder.filePath(QStringLiteral("here/moved.graft")).toStdString(), project));
        QVERIFY(QDir(m_folder.path()).rename(QStringLiteral("here"), QStringLiteral("there")));
        const auto again = readProject(m_folder.filePath(QStringLiteral("there/moved.graft")).toStdString());
        QVERIFY(again);
        QCOMPARE(again->dataFolder.string(), m_folder.filePath(QStringLiteral("there/pets")).toStdString());
    }

    void aModelFileIsNoProject()
    {
        const auto path = m_folder.filePath(QStringLiteral("model.safetensors")).toStdString();
        QVERIFY(writeModel(path, "safetensors", namedPackage()));
        const auto read = readProject(path);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::FormatUnknown);
        QVERIFY(!readProject(file("missing")));
    }

    /// Cut anywhere, any byte another: a sentence or a project, never a crash.
    void damagedFilesAreRefusedWithASentence()
    {
        QVERIFY(writeProject(file("good"), sampleProject()));
        const QByteArray good = contentOf(m_folder.filePath(QStringLiteral("good.graft")));
        const QString bad = m_folder.filePath(QStringLiteral("bad.graft"));
        std::mt19937 generator(1);
        int refused = 0;
        for (int round = 0; round < 400; ++round) {
            QByteArray content = good;
            if (round % 4 == 0)
                content.truncate(static_cast<qsizetype>(generator() % static_cast<unsigned>(good.size())));
            else
                for (int i = 0; i < 3; ++i)
                    content[static_cast<qsizetype>(generator() % static_cast<unsigned>(good.size()))] = static_cast<char>(generator());
            writeContent(bad, content);
            const auto read = readProject(bad.toStdString());
            refused += !read;
            if (read)
                continue;
            QVERIFY(!read.error().message.empty());
            QVERIFY2(read.error().message.find("bad.graft") != std::string::npos, read.error().message.c_str());
        }
        QVERIFY(refused > 200);
    }

    void theDocumentTakesAProjectAndGivesItBack()
    {
        Document document;
        QVERIFY(document.openProject(sampleProject()));
        compare(document.project(), sampleProject());
        QVERIFY(!document.isModified());
        QCOMPARE(document.selection().size(), 1u);
        document.setFrozen({document.model().network.find("fc")->id}, true, QStringLiteral("freeze"));
        QVERIFY(document.isModified());
        document.undoStack().undo();
        QVERIFY(!document.isModified());
        document.startAnew();
        QVERIFY(!document.hasModel() && !document.isModified());
    }

    void anotherGraftKeepsItsProject()
    {
        Workbench first, second;
        ProjectController one(first), two(second);
        QVERIFY(first.document().openProject(sampleProject()));
        const QString path = m_folder.filePath(QStringLiteral("shared.graft"));
        QSignalSpy saved(&one, &ProjectController::saved), failed(&second, &Workbench::failed), opened(&two, &ProjectController::opened);
        one.save(path);
        QTRY_COMPARE(saved.count(), 1);
        two.open(path);
        QCOMPARE(failed.count(), 1);
        QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::Busy);
        one.startAnew();
        two.open(path);
        QTRY_COMPARE(opened.count(), 1);
        QVERIFY(second.document().model().network == sampleProject().package.network);
    }

    void whatIsEditedWhileItIsSavedStaysUnsaved()
    {
        Workbench workbench;
        ProjectController controller(workbench);
        Document &document = workbench.document();
        QVERIFY(document.openProject(sampleProject()));
        QSignalSpy saved(&controller, &ProjectController::saved);
        controller.save(m_folder.filePath(QStringLiteral("edited.graft")));
        document.setFrozen({document.model().network.find("fc")->id}, true, QStringLiteral("freeze"));
        QTRY_COMPARE(saved.count(), 1);
        QVERIFY(document.isModified());
        controller.save(controller.file());
        QTRY_COMPARE(saved.count(), 2);
        QVERIFY(!document.isModified());
    }

    void whatIsSavedWhileAnotherProjectOpensIsWritten()
    {
        Workbench workbench;
        ProjectController controller(workbench);
        Project other = sampleProject();
        other.config.epochs = 3;
        QVERIFY(writeProject(file("other"), other));
        QVERIFY(workbench.document().openProject(sampleProject()));
        QSignalSpy opened(&controller, &ProjectController::opened);
        controller.open(m_folder.filePath(QStringLiteral("other.graft")));
        controller.save(m_folder.filePath(QStringLiteral("before.graft")));
        QTRY_COMPARE(opened.count(), 1);
        QTRY_VERIFY(readProject(file("before")).has_value());
        compare(*readProject(file("before")), sampleProject());
        QTRY_VERIFY(!workbench.jobs().isRunning(ProjectController::lane));
        QCOMPARE(controller.file(), m_folder.filePath(QStringLiteral("other.graft")));
    }

    void aSecondSaveIsWrittenEvenWhenAnotherProjectComesBetween()
    {
        Workbench workbench;
        ProjectController controller(workbench);
        Document &document = workbench.document();
        QVERIFY(document.openProject(sampleProject()));
        const QString path = m_folder.filePath(QStringLiteral("twice.graft"));
        controller.save(path);
        document.setFrozen({document.model().network.find("fc")->id}, true, QStringLiteral("freeze"));
        const Network edited = document.model().network;
        controller.save(path);
        controller.startAnew();
        QTRY_VERIFY(!workbench.jobs().isRunning(ProjectController::lane));
        QVERIFY(readProject(file("twice"))->package.network == edited);
        QVERIFY(!document.hasModel() && controller.file().isEmpty());
    }

    void theAutosaveWritesOnlyTensorsThatAreNotThereYet()
    {
        const auto base = m_folder.filePath(QStringLiteral("autosave")).toStdString();
        auto folder = AutosaveFolder::create(base);
        QVERIFY(folder);
        Project project = sampleProject();
        QVERIFY(folder->write(project, {.title = "small"}));
        QVERIFY2(AutosaveFolder::find(base).empty(), "it belongs to this process");
        QVERIFY(!AutosaveFolder::read(folder->path()));
        project.package.network.find(project.package.network.find("fc")->id)->frozen = true;
        QVERIFY(folder->write(project, {.title = "small"}));
        QCOMPARE(weightFiles(*folder), QStringList{QStringLiteral("weights-1.safetensors")});
        project.package.weights.set("fc.bias", Tensor::fromFloats({2}, std::vector<float>{5, 6}));
        QVERIFY(folder->write(project, {.title = "small", .savedAt = 7}));
        QCOMPARE(weightFiles(*folder).size(), 2);
        const auto path = folder->path();
        folder = fail(ErrorCode::Internal, {}); // the lock goes, as when the process dies
        const auto found = AutosaveFolder::find(base);
        QCOMPARE(found.size(), 1u);
        QCOMPARE(found.front().title, std::string("small"));
        QCOMPARE(found.front().savedAt, 7);
        const auto again = AutosaveFolder::read(path);
        QVERIFY2(again, again ? "" : again.error().message.c_str());
        compare(*again, project);
        AutosaveFolder::discard(path);
        QVERIFY(AutosaveFolder::find(base).empty());
    }

private:
    [[nodiscard]] std::filesystem::path file(const char *name) const
    {
        return m_folder.filePath(QString::fromLatin1(name) + QStringLiteral(".graft")).toStdString();
    }
    static QStringList weightFiles(const AutosaveFolder &folder)
    {
        return QDir(QString::fromStdString(folder.path().string())).entryList({QStringLiteral("weights-*")});
    }
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(ProjectTest)
#include "projecttest.moc"
