#include "data/datasetview.h"
#include "common/emptystate.h"
#include "common/icons.h"
#include "common/text.h"
#include "common/theme.h"
#include "data/classtable.h"
#include "data/drophighlight.h"
#include "data/foldersketch.h"
#include "data/thumbnails.h"
#include "properties/headform.h"
#include "properties/panelparts.h"

#include <QDoubleSpinBox>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace graft {

namespace {

enum Page { EmptyPage, BusyPage, DataPage };

QString fromPath(const std::filesystem::path &path)
{
    return fromEngine(path.string());
}

QLabel *selectable(QLabel *label)
{
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

DatasetView::DatasetView(QWidget *parent) : QWidget(parent), m_pages(new QStackedWidget)
{
    setAcceptDrops(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
    m_pages->addWidget(buildEmptyPage());
    m_pages->addWidget(buildBusyPage());
    m_pages->addWidget(buildDataPage());
    m_highlight = new DropHighlight(this);
    m_texts.add([this] { refreshTexts(); });
}

QWidget *DatasetView::buildEmptyPage()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    auto *empty = new EmptyState(QStringLiteral("data"), QString(), QString());
    QPushButton *choose = empty->addAction(QString());
    connect(choose, &QPushButton::clicked, this, &DatasetView::chooseFolderRequested);
    auto *sketch = new FolderSketch;
    column->addStretch(2);
    column->addWidget(empty);
    column->addWidget(sketch, 0, Qt::AlignHCenter);
    column->addStretch(3);
    m_texts.add([empty, choose, sketch] {
        empty->setTitle(tr("Drop a folder of pictures here, or choose one"));
        empty->setExplanation(tr(
            "One folder for each class, named like the class, with its pictures inside. Folders named train and val are used as they are; "
            "otherwise Graft keeps a share of each class for validation. Pictures with labels of several kinds, such as species and "
            "health, "
            "come with a labels.csv: a column named file, and one for each kind."));
        choose->setText(tr("Choose a folder…"));
        sketch->setNames(tr("flowers"), {tr("daisy"), tr("rose"), tr("tulip")});
        sketch->setAccessibleName(tr("A folder flowers with the folders daisy, rose and tulip, each with pictures"));
    });
    return page;
}

QWidget *DatasetView::buildBusyPage()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    m_busyText = new QLabel;
    m_busyText->setAlignment(Qt::AlignCenter);
    m_busyBar = new QProgressBar;
    m_busyBar->setTextVisible(false);
    m_busyBar->setFixedWidth(m_busyBar->fontMetrics().averageCharWidth() * 50);
    auto *cancel = new QPushButton;
    connect(cancel, &QPushButton::clicked, this, &DatasetView::cancelRequested);
    column->addStretch(2);
    column->addWidget(m_busyText);
    column->addWidget(m_busyBar, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    column->addWidget(cancel, 0, Qt::AlignHCenter);
    column->addStretch(3);
    m_texts.add([this, cancel] {
        cancel->setText(tr("Cancel"));
        m_busyBar->setAccessibleName(tr("Checking pictures"));
    });
    return page;
}

QWidget *DatasetView::buildDataHeader()
{
    auto *header = new QWidget;
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(4);
    m_folder = selectable(new QLabel);
    QFont font = m_folder->font();
    font.setPointSizeF(font.pointSizeF() * 1.25);
    font.setBold(true);
    m_folder->setFont(font);
    m_folder->setMinimumWidth(1);
    m_totals = selectable(new QLabel);
    m_totals->setWordWrap(true);
    texts->addWidget(m_folder);
    texts->addWidget(m_totals);
    row->addLayout(texts, 1);
    m_shareLabel = new QLabel;
    m_share = new QDoubleSpinBox;
    m_share->setRange(0, 90);
    m_share->setDecimals(0);
    m_share->setSingleStep(5);
    m_share->setValue(20);
    m_share->setKeyboardTracking(false);
    m_shareLabel->setBuddy(m_share);
    m_choose = new QPushButton;
    row->addWidget(buildCheckingRow());
    row->addWidget(m_shareLabel);
    row->addWidget(m_share);
    row->addWidget(m_choose);
    connect(m_share, &QDoubleSpinBox::valueChanged, this, [this](double percent) { Q_EMIT validationShareChanged(percent / 100); });
    connect(m_choose, &QPushButton::clicked, this, &DatasetView::chooseFolderRequested);
    return header;
}

QWidget *DatasetView::buildCheckingRow()
{
    m_checking = new QWidget;
    auto *row = new QHBoxLayout(m_checking);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    m_checkingText = new QLabel;
    m_stopChecking = new QPushButton;
    m_stopChecking->setFlat(true);
    row->addWidget(m_checkingText);
    row->addWidget(m_stopChecking);
    m_checking->hide();
    connect(m_stopChecking, &QPushButton::clicked, this, &DatasetView::stopCheckingRequested);
    return m_checking;
}

void DatasetView::buildClasses()
{
    m_classModel = new ClassTableModel(this);
    auto *sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_classModel);
    sorted->setSortRole(ClassTableModel::SortRole);
    sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_classes = new QTableView;
    m_classes->setModel(sorted);
    m_classes->setItemDelegateForColumn(ClassTableModel::Bar, new ClassBarDelegate(this));
    m_classes->setSortingEnabled(true);
    m_classes->sortByColumn(ClassTableModel::Name, Qt::AscendingOrder);
    m_classes->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_classes->setSelectionMode(QAbstractItemView::SingleSelection);
    m_classes->setShowGrid(false);
    m_classes->setTabKeyNavigation(false);
    m_classes->verticalHeader()->hide();
    m_classes->horizontalHeader()->setHighlightSections(false);
    m_classes->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_classes->horizontalHeader()->setSectionResizeMode(ClassTableModel::Name, QHeaderView::Stretch);
    connect(m_classes->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this, sorted](const QModelIndex &current) { showClass(sorted->mapToSource(current).row()); });
}

QWidget *DatasetView::buildDataPage()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(buildDataHeader());

    buildClasses();
    m_thumbnailModel = new ThumbnailModel(this);
    m_thumbnails = new ThumbnailView;
    m_thumbnails->setModel(m_thumbnailModel);
    connect(m_thumbnailModel, &ThumbnailModel::thumbnailRequested, this, &DatasetView::thumbnailRequested);
    m_classTitle = selectable(new QLabel);
    QFont bold = m_classTitle->font();
    bold.setBold(true);
    m_classTitle->setFont(bold);

    auto *right = new QWidget;
    auto *rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(8, 0, 0, 0);
    rightColumn->addWidget(m_classTitle);
    rightColumn->addWidget(m_thumbnails, 1);
    auto *across = new QSplitter(Qt::Horizontal);
    across->addWidget(m_classes);
    across->addWidget(right);
    across->setStretchFactor(0, 2);
    across->setStretchFactor(1, 3);
    across->setSizes({480, 560});
    across->setChildrenCollapsible(false);
    auto *down = new QSplitter(Qt::Vertical);
    down->addWidget(across);
    m_problems = buildProblems();
    down->addWidget(m_problems);
    down->setStretchFactor(0, 4);
    down->setStretchFactor(1, 1);
    down->setChildrenCollapsible(false);
    column->addWidget(down, 1);
    return page;
}

QWidget *DatasetView::buildProblems()
{
    auto *problems = new QWidget;
    auto *column = new QVBoxLayout(problems);
    column->setContentsMargins(0, 8, 0, 0);
    m_problemsTitle = selectable(new QLabel);
    QFont bold = m_problemsTitle->font();
    bold.setBold(true);
    m_problemsTitle->setFont(bold);
    m_problemList = new QTreeWidget;
    m_problemList->setColumnCount(2);
    m_problemList->setRootIsDecorated(false);
    m_problemList->setUniformRowHeights(true);
    m_problemList->setAlternatingRowColors(true);
    m_problemList->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    column->addWidget(m_problemsTitle);
    column->addWidget(m_problemList, 1);
    return problems;
}

void DatasetView::setDataset(const Dataset &dataset, const Split &split)
{
    const bool sameFolder
        = m_dataset.folder == dataset.folder && m_dataset.classNames == dataset.classNames && m_dataset.labelSets == dataset.labelSets;
    const int row = sameFolder && m_classes->currentIndex().isValid() ? m_classes->currentIndex().row() : 0;
    takePictures(dataset, split);
    if (!sameFolder)
        m_thumbnailModel->forgetThumbnails();
    m_classModel->setDataset(dataset, split);
    m_classes->setColumnHidden(ClassTableModel::Set, dataset.labelSets.empty());
    if (!sameFolder && !dataset.labelSets.empty())
        m_classes->sortByColumn(ClassTableModel::Set, Qt::AscendingOrder);
    refreshTexts();
    m_pages->setCurrentIndex(DataPage);
    m_classes->setCurrentIndex(m_classes->model()->index(row, 0));
}

void DatasetView::takePictures(const Dataset &dataset, const Split &split)
{
    m_dataset = {.folder = dataset.folder,
        .classNames = dataset.classNames,
        .labelSets = dataset.labelSets,
        .samples = {},
        .validationSamples = {},
        .broken = dataset.broken,
        .warnings = dataset.warnings,
        .hasOwnSplit = dataset.hasOwnSplit};
    m_pictures.assign(dataset.classNames.size(), {});
    for (const auto *part : {&split.train, &split.validation})
        for (const Sample &sample : *part)
            for (const std::size_t index : dataset.classesOf(sample))
                if (index < m_pictures.size())
                    m_pictures[index].push_back(sample.path);
    m_trainCount = split.train.size();
    m_validationCount = split.validation.size();
}

void DatasetView::clear()
{
    takePictures({}, {});
    m_classModel->setDataset({}, {});
    m_thumbnailModel->setPaths({});
    m_thumbnailModel->forgetThumbnails();
    m_pages->setCurrentIndex(EmptyPage);
}

void DatasetView::setBusy(const ScanProgress &progress)
{
    m_pages->setCurrentIndex(BusyPage);
    m_busyBar->setRange(0, static_cast<int>(progress.total));
    m_busyBar->setValue(static_cast<int>(progress.done));
    m_busyText->setText(
        progress.total > 0 ? tr("Checking pictures: %L1 of %L2").arg(progress.done).arg(progress.total) : tr("Looking for pictures…"));
}

void DatasetView::setChecking(const ScanProgress &progress)
{
    m_checked = progress;
    m_checkingText->setText(tr("Checking pictures: %L1 of %L2").arg(progress.done).arg(progress.total));
    m_checking->setVisible(progress.total > 0);
}

void DatasetView::setThumbnail(const QString &path, const QImage &picture)
{
    m_thumbnailModel->setThumbnail(path, picture);
}

void DatasetView::setValidationShare(double share)
{
    const QSignalBlocker blocker(m_share);
    m_share->setValue(share * 100);
}

void DatasetView::setEditable(bool editable)
{
    m_editable = editable;
    m_share->setEnabled(editable);
    m_choose->setEnabled(editable);
}

void DatasetView::showClass(int classIndex)
{
    const bool known = classIndex >= 0 && static_cast<std::size_t>(classIndex) < m_pictures.size();
    QStringList paths;
    if (known)
        for (const PicturePath &picture : m_pictures[static_cast<std::size_t>(classIndex)])
            paths << fromEngine(picture.string());
    m_thumbnailModel->setPaths(paths);
    m_classTitle->setText(known
            ? counted(paths.size(), tr("%1: 1 picture"), tr("%1: %Ln pictures", nullptr, static_cast<int>(paths.size())))
                  .arg(fromEngine(m_dataset.classNames[static_cast<std::size_t>(classIndex)]))
            : QString());
}

void DatasetView::refreshTexts()
{
    m_choose->setText(tr("Other folder…"));
    setChecking(m_checked);
    m_checkingText->setToolTip(tr("Each is decoded in the background; those that are damaged will be left out. Training need not wait."));
    m_stopChecking->setText(tr("Stop"));
    m_stopChecking->setAccessibleName(tr("Stop checking pictures"));
    m_choose->setIcon(icon(QStringLiteral("folder")));
    m_share->setSuffix(tr(" %", "percent, after a number"));
    m_share->setAccessibleName(tr("Share for validation"));
    m_shareLabel->setToolTip(tr("Share of each class that is kept from training, to measure what was learned on pictures never seen."));
    m_share->setToolTip(m_shareLabel->toolTip());
    m_shareLabel->setText(m_dataset.hasOwnSplit ? tr("Split as in the folder") : tr("For validation"));
    m_share->setVisible(!m_dataset.hasOwnSplit);
    m_classes->setAccessibleName(tr("Classes"));
    m_thumbnails->setAccessibleName(tr("Pictures of the chosen class"));
    m_problemList->setAccessibleName(tr("Files left out and warnings"));
    m_problemList->setHeaderLabels({tr("File"), tr("What is wrong")});
    m_classModel->retranslate();

    m_folder->setText(fromPath(m_dataset.folder.filename()));
    m_folder->setToolTip(fromPath(m_dataset.folder));
    const int left = static_cast<int>(m_dataset.broken.size());
    QStringList totals = {tr("%Ln training", "pictures", static_cast<int>(m_trainCount)),
        tr("%Ln validation", "pictures", static_cast<int>(m_validationCount)),
        counted(static_cast<qint64>(m_dataset.classNames.size()), tr("1 class"),
            tr("%Ln classes", nullptr, static_cast<int>(m_dataset.classNames.size())))};
    if (!m_dataset.labelSets.empty())
        totals.back()
            += tr(" in %Ln label sets (%1)", nullptr, static_cast<int>(m_dataset.labelSets.size())).arg(labelSetsText(m_dataset.labelSets));
    if (left > 0)
        totals << counted(left, tr("1 file left out"), tr("%Ln files left out", nullptr, left));
    m_totals->setText(totals.join(QStringLiteral(" · ")));

    const int warnings = static_cast<int>(m_dataset.warnings.size());
    QStringList parts;
    if (left > 0)
        parts << counted(left, tr("1 file left out"), tr("%Ln files left out", nullptr, left));
    if (warnings > 0)
        parts << counted(warnings, tr("1 warning"), tr("%Ln warnings", nullptr, warnings));
    m_problemsTitle->setText(parts.join(QStringLiteral(" · ")));
    m_problems->setVisible(left + warnings > 0);
    m_problemList->clear();
    for (const std::string &warning : m_dataset.warnings) {
        auto *item = new QTreeWidgetItem(m_problemList, {tr("The folder"), fromEngine(warning)});
        item->setIcon(0, icon(QStringLiteral("warning"), warningColor()));
        item->setToolTip(1, fromEngine(warning));
    }
    for (const BrokenFile &file : m_dataset.broken) {
        auto *item
            = new QTreeWidgetItem(m_problemList, {fromPath(file.path.lexically_relative(m_dataset.folder)), fromEngine(file.reason)});
        item->setIcon(0, icon(QStringLiteral("error"), errorColor()));
        item->setToolTip(0, fromPath(file.path));
        item->setToolTip(1, fromEngine(file.reason));
    }
}

void DatasetView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    else if (event->type() == QEvent::PaletteChange)
        refreshTexts();
    QWidget::changeEvent(event);
}

void DatasetView::dragEnterEvent(QDragEnterEvent *event)
{
    if (!m_editable || droppedPath(event->mimeData(), DroppedKind::Folder).isEmpty())
        return;
    event->acceptProposedAction();
    m_highlight->setActive(true);
}

void DatasetView::dragLeaveEvent(QDragLeaveEvent *)
{
    m_highlight->setActive(false);
}

void DatasetView::dropEvent(QDropEvent *event)
{
    m_highlight->setActive(false);
    const QString folder = droppedPath(event->mimeData(), DroppedKind::Folder);
    if (folder.isEmpty())
        return;
    event->acceptProposedAction();
    Q_EMIT folderChosen(folder);
}

} // namespace graft
