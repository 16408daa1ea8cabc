#include "formats/format.h"
#include "graph/graphview.h"
#include "graph/outlineview.h"
#include "gui/exportpage.h"
#include "gui/messagebar.h"
#include "properties/cacherows.h"
#include "properties/foldingsection.h"
#include "properties/headpanel.h"
#include "properties/memorysection.h"
#include "properties/trainingpanel.h"
#include "support/shareddata.h"
#include "support/tourwindow.h"
#include "widgets/panelfinders.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QScrollArea>
#include <QSet>
#include <QToolButton>
#include <QTreeView>

using namespace graft;

/// The whole story in the real window, with mouse and keyboard; a picture of each step is kept. With the shared data the plain tour takes
/// real weights and photos; the others, and every tour elsewhere, take what is built in.
class TourTest : public QObject, private TourWindow {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        openWindow();
        const auto shared = sharedData();
        if (shared && m_look == QLatin1String("light")) {
            m_model = QString::fromStdString((*shared / "weights/mobilenet_v2/mobilenet_v2_imagenet_f32_with_metadata.pth").string());
            m_data = QString::fromStdString((*shared / "photos/hymenoptera").string());
            m_picture = QString::fromStdString((*shared / "photos/hymenoptera/val/bees").string());
            m_picture += QLatin1Char('/') + QDir(m_picture).entryList(QDir::Files).constFirst();
        } else {
            qInfo("taking the built-in network and drawn pictures");
        }
    }

    void startPageInvites()
    {
        take(QStringLiteral("start"));
        QVERIFY(m_window->findChild<QAbstractButton *>(QStringLiteral("startOpen"))->isVisible());
    }

    void modelOpensAsAGraph()
    {
        if (m_model.isEmpty())
            hands::click(m_window->findChild<QAbstractButton *>(QStringLiteral("startDemo")));
        else
            hands::drop(m_window.get(), m_model);
        QTRY_VERIFY_WITH_TIMEOUT(m_document.hasModel(), 30'000);
        QVERIFY(m_window->findChild<GraphView *>()->isVisible());
        take(QStringLiteral("model"));
    }

    void aLayerIsChosenInTheOutline()
    {
        auto *outline = m_window->findChild<OutlineView *>();
        auto *tree = outline->findChild<QTreeView *>();
        tree->expandAll();
        // The last convolution of the network, as the tree shows it.
        const auto &layers = m_document.model().network.layers();
        const auto layer = std::find_if(layers.rbegin(), layers.rend(), [](const Layer &each) { return each.type == "Conv2d"; });
        QVERIFY(layer != layers.rend());
        const QString shortName = QString::fromStdString(layer->name).section(QLatin1Char('.'), -1);
        QModelIndex found;
        for (QModelIndex index = tree->model()->index(0, 0); index.isValid(); index = tree->indexBelow(index))
            if (index.data().toString() == shortName || index.data().toString() == QString::fromStdString(layer->name))
                found = index;
        QVERIFY(found.isValid());
        tree->scrollTo(found);
        hands::clickAt(tree->viewport(), tree->visualRect(found).center());
        QTRY_VERIFY(!m_document.selection().empty());
        QTest::qWait(300); // the statistics of its weights
        take(QStringLiteral("layer"));
    }

    void dataShowsItsClasses()
    {
        clickStep(Step::Data);
        if (!m_data.isEmpty()) {
            take(QStringLiteral("data-empty"));
            hands::drop(m_window.get(), m_data);
        }
        QTRY_VERIFY_WITH_TIMEOUT(m_document.hasData(), 60'000);
        QVERIFY(m_document.split().validation.size() > 0);
        QTest::qWait(1000); // thumbnails and the preview of the augmentation
        take(QStringLiteral("data"));
    }

    void headIsReplacedAndTheTrunkFrozen()
    {
        clickStep(Step::Adapt);
        take(QStringLiteral("adapt-before"));
        QTest::keyClick(m_window.get(), Qt::Key_H, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_document.headFitsData(), 20'000);
        const qint64 all = m_document.analysis().trainableParameters;
        auto *head = m_window->findChild<HeadPanel *>();
        hands::click(hands::buttonNamed(head, HeadPanel::tr("Freeze all but the head")));
        QVERIFY(m_document.analysis().trainableParameters < all);
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_document.analysis().trainableParameters, all);
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(m_document.analysis().trainableParameters < all);
        take(QStringLiteral("adapt"));
    }

    void whatIsKeptBetweenRunsIsChosen()
    {
        clickStep(Step::Train);
        take(QStringLiteral("train-before"));
        MemorySection &memory = *m_window->findChild<TrainingPanel *>()->memory();
        hands::click(memory.folding()->findChild<QToolButton *>());
        auto *keep = panelfinders::field<QCheckBox>(memory, MemorySection::tr("Keep pictures"));
        auto *row = panelfinders::field<QWidget>(memory, MemorySection::tr("Pictures in use"));
        const auto click = [keep] { QTest::mouseClick(keep, Qt::LeftButton, {}, QPoint(8, keep->height() / 2)); };
        click();
        QTRY_VERIFY(row->isVisible());
        m_window->findChild<TrainingPanel *>()->findChild<QScrollArea *>()->ensureWidgetVisible(row);
        take(QStringLiteral("train-memory"));
        click();
        QVERIFY(!memory.pictures()->choice().keeps);
        hands::click(memory.folding()->findChild<QToolButton *>());
    }

    void trainingRunsPausesAndEnds()
    {
        TrainingConfig config = m_document.trainingConfig();
        config.epochs = m_model.isEmpty() ? 20 : 2;
        m_document.setTrainingConfig(config);
        // Fresh pictures every epoch: from kept features, the run would be over before it could be paused.
        Augmentation augmentation = m_document.augmentation();
        augmentation.variants = 0;
        m_document.setAugmentation(augmentation);
        TrainingController &training = m_window->runs().training();
        hands::click(m_window->findChild<QAbstractButton *>(QStringLiteral("trainButton")));
        QTRY_VERIFY_WITH_TIMEOUT(m_document.history().samples.size() > 2, 60'000);
        take(QStringLiteral("train-running"));
        QTest::keyClick(m_window.get(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(training.state() == TrainingController::State::Paused || !training.isBusy()); // it may be over by now
        if (training.isBusy()) {
            QTest::qWait(200);
            take(QStringLiteral("train-paused"));
            QTest::keyClick(m_window.get(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        }
        QTRY_VERIFY_WITH_TIMEOUT(!training.isBusy(), 200'000);
        QCOMPARE(*m_document.history().ended, StopReason::Completed);
        QVERIFY(m_document.model().training.has_value());
        QTest::qWait(200);
        take(QStringLiteral("train-done"));
    }

    void theModelIsJudged()
    {
        clickStep(Step::Judge);
        take(QStringLiteral("judge-empty"));
        QTest::keyClick(m_window.get(), Qt::Key_J, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_document.judgement().has_value(), 120'000);
        take(QStringLiteral("judge"));
    }

    void aPictureIsPredicted()
    {
        QString picture = m_picture;
        if (picture.isEmpty())
            picture = QString::fromStdString(m_document.split().validation.front().path.string());
        hands::drop(m_window.get(), picture);
        QTRY_VERIFY_WITH_TIMEOUT(m_document.prediction().has_value(), 30'000);
        QVERIFY(!m_document.prediction()->prediction.sets.at(0).top.empty());
        take(QStringLiteral("prediction"));
    }

    void theModelIsExported()
    {
        clickStep(Step::Export);
        take(QStringLiteral("export-before"));
        auto *page = m_window->findChild<ExportPage *>();
        hands::click(page->findChild<QAbstractButton *>(QStringLiteral("exportFormat_safetensors")));
        auto *file = page->findChild<QLineEdit *>(QStringLiteral("exportFile"));
        file->selectAll();
        QTest::keyClicks(file, path(QStringLiteral("taken away.safetensors")));
        hands::click(page->findChild<QAbstractButton *>(QStringLiteral("exportButton")));
        QTRY_VERIFY_WITH_TIMEOUT(m_document.lastExport().has_value(), 60'000);
        QVERIFY(m_document.lastExport()->outcome.check.has_value() && m_document.lastExport()->outcome.passed());
        QVERIFY(m_document.lastExport()->outcome.check->ownPictures);
        take(QStringLiteral("export"));
        const auto package = readModel(path(QStringLiteral("taken away.safetensors")).toStdString());
        QVERIFY2(package.has_value(), package ? "" : package.error().message.c_str());
        QCOMPARE(package->classNames, m_document.dataset().classNames);
    }

    void whatGoesWrongIsSaidOnTopOfThePage()
    {
        QFile text(path(QStringLiteral("letter.pth")));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("Dear Sir or Madam, this is no model.\n");
        text.close();
        hands::drop(m_window.get(), text.fileName());
        auto *message = m_window->findChild<MessageBar *>();
        QTRY_VERIFY_WITH_TIMEOUT(message->isVisible(), 20'000);
        QVERIFY(m_document.hasModel());
        take(QStringLiteral("error"));
    }

    void languageChangesAtRunTime()
    {
        const QString before = m_appearance.language();
        QSet<QString> texts;
        for (const Appearance::Language &language : Appearance::languages()) {
            QVERIFY(m_appearance.setLanguage(language.code));
            QTest::qWait(50);
            QCOMPARE(m_window->findChild<StepBar *>()->button(Step::Train)->text(), StepBar::tr("Train"));
            texts.insert(StepBar::tr("Train"));
        }
        QCOMPARE(texts, QSet<QString>({QStringLiteral("Train"), QStringLiteral("训练"), QStringLiteral("訓練")}));
        QVERIFY(m_appearance.setLanguage(before));
        clickStep(Step::Model);
        take(QStringLiteral("model-trained"));
    }

    void theWindowCloses() { QVERIFY(m_window->close()); }

private:
    QString m_model, m_data, m_picture; ///< empty = what is built in
};

int main(int argc, char **argv)
{
    return runTour<TourTest>(argc, argv, "tour");
}

#include "tourtest.moc"
