#include "gallery/galleryview.h"

#include "common/icons.h"
#include "common/text.h"
#include "common/theme.h"
#include "gallery/galleryfilter.h"
#include "gallery/gallerymodel.h"
#include "plots/gallerychart.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <initializer_list>

namespace graft {
namespace {

constexpr int gap = 8;
constexpr int columnRoom = 8;
constexpr int searchWidth = 260;
constexpr int barWidth = 140;
constexpr int largeBatch = 32;

QPushButton *button(const char *name)
{
    auto *made = new QPushButton;
    made->setObjectName(QString::fromLatin1(name));
    return made;
}

QProgressBar *progressBar()
{
    auto *bar = new QProgressBar;
    bar->setFixedWidth(barWidth);
    bar->setTextVisible(false);
    bar->hide();
    return bar;
}

} // namespace

GalleryView::GalleryView(QWidget *parent) : QWidget(parent), m_model(new GalleryModel(this)), m_filter(new GalleryFilter(this))
{
    m_filter->setSourceModel(m_model);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(gap, gap, gap, gap);
    column->setSpacing(gap);
    column->addWidget(buildHead());
    auto *middle = new QSplitter;
    middle->setChildrenCollapsible(false);
    middle->addWidget(buildChart());
    middle->addWidget(buildTable());
    middle->setStretchFactor(0, 1);
    middle->setStretchFactor(1, 1);
    middle->setSizes({500, 880});
    column->addWidget(middle, 1);
    column->addWidget(buildFoot());
    addTexts();
    connectParts();
    setFocusProxy(m_search);
    refresh();
}

QWidget *GalleryView::buildHead()
{
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    m_back = new QToolButton;
    m_back->setObjectName(QStringLiteral("galleryBack"));
    m_back->setAutoRaise(true);
    m_back->setIcon(icon(QStringLiteral("close")));
    m_title = new QLabel;
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setBold(true);
    m_title->setFont(large);
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("gallerySearch"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_search->setFixedWidth(searchWidth);
    row->addWidget(m_title);
    row->addStretch();
    row->addWidget(m_search);
    row->addWidget(m_back);
    return head;
}

QWidget *GalleryView::buildChart()
{
    auto *side = new QWidget;
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    m_axisLabel = new QLabel;
    m_axis = new QComboBox;
    m_axis->setObjectName(QStringLiteral("galleryAxis"));
    m_axis->addItems({QString(), QString()});
    m_axisLabel->setBuddy(m_axis);
    auto *row = new QHBoxLayout;
    row->addWidget(m_axisLabel);
    row->addWidget(m_axis);
    row->addStretch();
    m_chart = new GalleryChart;
    column->addLayout(row);
    column->addWidget(m_chart, 1);
    return side;
}

QWidget *GalleryView::buildTable()
{
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("galleryTable"));
    m_table->setModel(m_filter);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 8);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(GalleryModel::Top1Column, Qt::DescendingOrder);
    return m_table;
}

QWidget *GalleryView::buildFoot()
{
    auto *foot = new QWidget;
    auto *column = new QVBoxLayout(foot);
    column->setContentsMargins(0, 0, 0, 0);
    m_name = new QLabel;
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_figures = new QLabel;
    m_message = new QLabel;
    m_message->setObjectName(QStringLiteral("galleryMessage"));
    for (QLabel *label : {m_name, m_figures, m_message}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    }
    // Room for two lines, so that the chart does not jump when something is said.
    m_message->setMinimumHeight(2 * m_message->fontMetrics().lineSpacing());
    m_message->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_open = button("galleryOpen");
    m_open->setDefault(true);
    m_download = button("galleryDownload");
    m_adopt = button("galleryAdopt");
    m_progress = progressBar();
    m_cancel = button("galleryCancelDownload");
    m_batch = new QComboBox;
    m_batch->setObjectName(QStringLiteral("galleryBatch"));
    m_batch->addItem({}, 1);
    m_batch->addItem({}, largeBatch);
    m_measure = button("galleryMeasure");
    m_measureAll = button("galleryMeasureAll");
    m_measureProgress = progressBar();
    m_cancelMeasuring = button("galleryCancelMeasuring");
    m_cancel->hide();
    m_cancelMeasuring->hide();
    auto *row = new QHBoxLayout;
    for (QWidget *part : std::initializer_list<QWidget *>{m_open, m_download, m_adopt, m_progress, m_cancel})
        row->addWidget(part);
    row->addStretch();
    for (QWidget *part : std::initializer_list<QWidget *>{m_batch, m_measure, m_measureAll, m_measureProgress, m_cancelMeasuring})
        row->addWidget(part);
    column->addLayout(row);
    return foot;
}

void GalleryView::connectParts()
{
    connect(m_back, &QAbstractButton::clicked, this, &GalleryView::backRequested);
    connect(m_search, &QLineEdit::textChanged, this, &GalleryView::filter);
    connect(m_chart, &GalleryChart::familyChosen, m_search, &QLineEdit::setText);
    connect(m_axis, &QComboBox::currentIndexChanged, m_chart, [this](int index) { m_chart->setAxis(GalleryChart::Axis(index)); });
    connect(m_chart, &GalleryChart::chosen, this, &GalleryView::choose);
    connect(m_chart, &GalleryChart::activated, this, &GalleryView::openRequested);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &GalleryView::chooseRow);
    connect(m_table, &QAbstractItemView::activated, this, [this] { Q_EMIT openRequested(m_chosen); });
    connect(m_table, &QWidget::customContextMenuRequested, this, &GalleryView::showMenu);
    connect(m_open, &QAbstractButton::clicked, this, [this] { Q_EMIT openRequested(m_chosen); });
    connect(m_download, &QAbstractButton::clicked, this, [this] { Q_EMIT downloadRequested(m_chosen); });
    connect(m_adopt, &QAbstractButton::clicked, this, [this] { Q_EMIT adoptRequested(m_chosen); });
    connect(m_cancel, &QAbstractButton::clicked, this, &GalleryView::cancelDownloadRequested);
    connect(m_measure, &QAbstractButton::clicked, this, [this] { Q_EMIT measureRequested({m_chosen}, batch()); });
    connect(m_measureAll, &QAbstractButton::clicked, this, [this] { Q_EMIT measureRequested(shown(), batch()); });
    connect(m_cancelMeasuring, &QAbstractButton::clicked, this, &GalleryView::cancelMeasuringRequested);
    connect(m_batch, &QComboBox::currentIndexChanged, this, [this] { Q_EMIT batchChanged(batch()); });
    auto *copying = new QShortcut(QKeySequence::Copy, m_table, nullptr, nullptr, Qt::WidgetShortcut);
    connect(copying, &QShortcut::activated, this, &GalleryView::copyRow);
    auto *leaving = new QShortcut(Qt::Key_Escape, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(leaving, &QShortcut::activated, this, &GalleryView::backRequested);
}

void GalleryView::addTexts()
{
    addFilterTexts();
    m_texts.add([this] {
        m_adopt->setText(tr("I already have the file…"));
        m_adopt->setToolTip(tr("Take a weights file that is on this computer or on a stick instead of downloading it"));
        m_cancel->setText(tr("Cancel"));
        m_progress->setAccessibleName(tr("Progress of the download"));
        m_batch->setItemText(0, tr("1 picture at a time"));
        m_batch->setItemText(1, tr("%1 pictures at a time").arg(largeBatch));
        m_batch->setAccessibleName(tr("Pictures at a time when speed is measured"));
        m_measure->setText(tr("Measure speed"));
        m_measure->setToolTip(tr("Run the chosen network on this machine; no download is needed for that"));
        m_measureAll->setText(tr("Measure all shown"));
        m_measureAll->setToolTip(tr("Run every network in the table on this machine, the light ones first; takes some minutes"));
        m_measureProgress->setAccessibleName(tr("Progress of the measurement"));
        m_cancelMeasuring->setText(tr("Stop measuring"));
    });
}

void GalleryView::addFilterTexts()
{
    m_texts.add([this] {
        m_back->setToolTip(tr("Close the gallery"));
        m_back->setAccessibleName(m_back->toolTip());
        m_title->setText(tr("Pretrained networks"));
        m_search->setPlaceholderText(tr("Filter: name, family, licence"));
        m_search->setAccessibleName(tr("Filter the networks"));
        m_axisLabel->setText(tr("Accuracy against"));
        m_axis->setItemText(0, tr("multiply-adds"));
        m_axis->setItemText(1, tr("speed on this machine"));
        m_axis->setAccessibleName(tr("What accuracy is shown against"));
        m_table->setAccessibleName(tr("Pretrained networks"));
    });
}

void GalleryView::setEntries(const std::vector<GalleryEntry> &entries)
{
    const bool first = m_model->rowCount() == 0;
    m_model->setEntries(entries);
    m_chart->setEntries(entries);
    filter();
    if (first && !entries.empty()) {
        m_table->resizeColumnsToContents();
        for (int column = 0; column < GalleryModel::Top1Column; ++column) // numbers stand to the right and need none
            m_table->setColumnWidth(column, m_table->columnWidth(column) + columnRoom);
        m_table->scrollToTop();
    }
    if (m_model->rowOf(m_chosen) < 0)
        m_chosen.clear();
    refresh();
}

void GalleryView::choose(const QString &reference)
{
    const int row = m_model->rowOf(reference);
    if (row < 0)
        return;
    const QModelIndex at = m_filter->mapFromSource(m_model->index(row, 0));
    if (at.isValid()) {
        m_table->setCurrentIndex(at);
        m_table->scrollTo(at);
    }
    if (m_chosen == reference)
        return;
    m_chosen = reference;
    m_chart->setChosen(reference);
    clearMessage();
    refresh();
}

void GalleryView::chooseRow()
{
    const QModelIndex at = m_filter->mapToSource(m_table->currentIndex());
    if (at.isValid())
        choose(m_model->entries()[std::size_t(at.row())].reference);
}

QStringList GalleryView::shown() const
{
    QStringList references;
    for (int row = 0; row < m_filter->rowCount(); ++row)
        references << m_model->entries()[std::size_t(m_filter->mapToSource(m_filter->index(row, 0)).row())].reference;
    return references;
}

void GalleryView::filter()
{
    m_filter->setText(m_search->text());
    const QStringList references = shown();
    m_chart->setShown({references.begin(), references.end()});
    refresh();
}

const GalleryEntry *GalleryView::entry() const
{
    const int row = m_model->rowOf(m_chosen);
    return row < 0 ? nullptr : &m_model->entries()[std::size_t(row)];
}

int GalleryView::batch() const
{
    return m_batch->currentData().toInt();
}

void GalleryView::setDownload(const QString &reference, qint64 done, qint64 total)
{
    m_downloading = reference;
    m_done = done;
    m_total = total;
    refresh();
}

void GalleryView::clearDownload()
{
    m_downloading.clear();
    refresh();
}

void GalleryView::setMeasuring(const QString &reference, int done, int total)
{
    m_measuring = reference;
    m_measured = done;
    m_toMeasure = total;
    refresh();
}

void GalleryView::clearMeasuring()
{
    m_measuring.clear();
    refresh();
}

void GalleryView::showProblem(const QString &headline, const QString &sentence)
{
    m_problem = headline;
    m_sentence = sentence;
    refreshMessage();
}

void GalleryView::showNote(const QString &sentence)
{
    showProblem({}, sentence);
}

void GalleryView::clearMessage()
{
    showProblem({}, {});
}

void GalleryView::showMenu(const QPoint &place)
{
    const GalleryEntry *chosenEntry = entry();
    if (!chosenEntry)
        return;
    QMenu menu(this);
    const QAction *copying = menu.addAction(icon(QStringLiteral("copy")), tr("Copy row"));
    const QAction *copyingAddress = menu.addAction(tr("Copy the file's address"));
    menu.addSeparator();
    QAction *removing = menu.addAction(icon(QStringLiteral("trash")), tr("Remove the file from this computer"));
    removing->setEnabled((chosenEntry->isHere || chosenEntry->bytesKept > 0) && m_downloading.isEmpty());
    const QAction *wanted = menu.exec(m_table->viewport()->mapToGlobal(place));
    if (wanted == copying)
        copyRow();
    else if (wanted == copyingAddress)
        QApplication::clipboard()->setText(chosenEntry->address);
    else if (wanted == removing)
        Q_EMIT removeRequested(m_chosen);
}

void GalleryView::copyRow() const
{
    QStringList cells;
    for (int column = 0; column < GalleryModel::ColumnCount; ++column)
        cells << m_table->currentIndex().siblingAtColumn(column).data(GalleryModel::CopyRole).toString();
    QApplication::clipboard()->setText(cells.join(QLatin1Char('\t')) + QLatin1Char('\n'));
}

void GalleryView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_texts.run();
        refresh();
    } else if (event->type() == QEvent::PaletteChange) {
        refreshMessage();
    }
}

} // namespace graft
