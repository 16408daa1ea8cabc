#include "data/evaluationview.h"
#include "common/emptystate.h"
#include "common/icons.h"
#include "common/text.h"
#include "data/confusionview.h"
#include "properties/panelparts.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace graft {

namespace {

/// A number that is shown in people's words and sorted by its value.
class NumberItem : public QTableWidgetItem {
public:
    NumberItem(const QString &text, double value) : QTableWidgetItem(text), m_value(value)
    {
        setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    bool operator<(const QTableWidgetItem &other) const override
    {
        const auto *number = dynamic_cast<const NumberItem *>(&other);
        return number ? m_value < number->m_value : QTableWidgetItem::operator<(other);
    }

private:
    double m_value;
};

} // namespace

EvaluationView::EvaluationView(QWidget *parent) : QWidget(parent), m_pages(new QStackedWidget)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
    m_pages->addWidget(buildEmptyPage());
    m_pages->addWidget(buildResultPage());
    m_texts.add([this] { refresh(); });
}

QWidget *EvaluationView::buildEmptyPage()
{
    m_empty = new EmptyState(QStringLiteral("judge"), QString(), QString());
    m_evaluate = m_empty->addAction(QString());
    connect(m_evaluate, &QPushButton::clicked, this, &EvaluationView::evaluateRequested);
    return m_empty;
}

void EvaluationView::buildTable()
{
    m_table = new QTableWidget(0, 5);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSortingEnabled(true);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSortIndicatorClearable(true);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    makeCopyable(m_table);
}

QWidget *EvaluationView::buildResultPage()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    auto *header = new QHBoxLayout;
    header->setSpacing(16);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(4);
    m_headline = makeValueLabel();
    QFont font = m_headline->font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    font.setBold(true);
    m_headline->setFont(font);
    m_figures = makeValueLabel();
    texts->addWidget(m_headline);
    texts->addWidget(m_figures);
    header->addLayout(texts, 1);
    m_setLabel = new QLabel;
    m_set = new QComboBox;
    m_setLabel->setBuddy(m_set);
    m_setLabel->setMinimumHeight(m_set->sizeHint().height()); // on one line with it
    header->addWidget(m_setLabel, 0, Qt::AlignTop);
    header->addWidget(m_set, 0, Qt::AlignTop);
    connect(m_set, &QComboBox::currentIndexChanged, this, &EvaluationView::showSet);
    m_again = new QPushButton;
    header->addWidget(m_again, 0, Qt::AlignTop);
    connect(m_again, &QPushButton::clicked, this, &EvaluationView::evaluateRequested);
    column->addLayout(header);

    m_matrix = new ConfusionView;
    m_readout = new QLabel;
    m_readout->setTextFormat(Qt::PlainText);
    m_readout->setWordWrap(true);
    connect(m_matrix, &ConfusionView::readoutChanged, this,
        [this](const QString &text) { m_readout->setText(text.isEmpty() ? tr("Point at a cell to see what it counts.") : text); });
    auto *left = new QWidget;
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 8, 0);
    leftColumn->addWidget(m_matrix, 1);
    leftColumn->addWidget(m_readout);

    buildTable();
    auto *across = new QSplitter(Qt::Horizontal);
    across->addWidget(left);
    across->addWidget(m_table);
    across->setStretchFactor(0, 3);
    across->setStretchFactor(1, 2);
    across->setSizes({620, 460});
    across->setChildrenCollapsible(false);
    column->addWidget(across, 1);
    return page;
}

void EvaluationView::setEvaluation(const Evaluation &evaluation)
{
    m_evaluation = evaluation;
    m_total = 0;
    fillSets();
    showSet();
}

const SetEvaluation &EvaluationView::shown() const
{
    static const SetEvaluation none;
    const auto set = static_cast<std::size_t>(std::max(m_set->currentIndex(), 0));
    return set < m_evaluation.sets.size() ? m_evaluation.sets[set] : none;
}

void EvaluationView::fillSets()
{
    const QSignalBlocker blocker(m_set);
    const QString chosen = m_set->currentText();
    m_set->clear();
    if (m_evaluation.sets.size() > 1)
        for (const SetEvaluation &set : m_evaluation.sets)
            m_set->addItem(fromEngine(set.name));
    m_set->setCurrentIndex(std::max(m_set->findText(chosen), 0));
    m_set->setVisible(m_set->count() > 0);
    m_setLabel->setVisible(m_set->count() > 0);
}

void EvaluationView::showSet()
{
    QStringList names;
    for (const ClassFigures &figures : shown().perClass)
        names << fromEngine(figures.name);
    m_matrix->setMatrix(names, shown().confusion);
    refresh();
}

void EvaluationView::clear()
{
    m_total = 0;
    setEvaluation({});
}

void EvaluationView::setHint(const QString &hint)
{
    m_hint = hint;
    refresh();
}

void EvaluationView::setBusy(qint64 done, qint64 total)
{
    m_done = done;
    m_total = total;
    refresh();
}

void EvaluationView::refresh()
{
    const bool busy = m_total > 0;
    const QString progress = tr("Measuring: %L1 of %L2 pictures").arg(m_done).arg(m_total);
    m_empty->setTitle(tr("How good is it?"));
    m_empty->setExplanation(busy ? progress
            : m_hint.isEmpty() ? tr("Measures the model on the validation pictures, which it has never been trained on: accuracy, figures "
                                    "for each class, and what is taken for what.")
                               : m_hint);
    m_evaluate->setText(tr("Evaluate"));
    m_evaluate->setEnabled(!busy && m_hint.isEmpty());
    m_again->setText(busy ? progress : tr("Evaluate again"));
    m_again->setEnabled(!busy && m_hint.isEmpty());
    m_again->setToolTip(m_hint);
    m_pages->setCurrentIndex(m_evaluation.samples > 0 ? 1 : 0);

    m_setLabel->setText(tr("Label set"));
    refreshFigures();
    m_matrix->setAccessibleName(tr("Confusion matrix"));
    m_readout->setText(tr("Point at a cell to see what it counts."));
    refreshTable();
}

void EvaluationView::refreshFigures()
{
    const SetEvaluation &set = shown();
    m_headline->setText(tr("Accuracy %1").arg(formatPercent(set.accuracy)));
    QStringList figures;
    if (m_evaluation.sets.size() > 1)
        figures << tr("mean of all label sets %1").arg(formatPercent(m_evaluation.accuracy));
    if (set.perClass.size() > 5)
        figures << tr("top-5 %1").arg(formatPercent(set.top5));
    figures << tr("loss %1").arg(QLocale().toString(set.loss, 'g', 4))
            << counted(set.samples, tr("1 picture"), tr("%Ln pictures", nullptr, static_cast<int>(set.samples)));
    m_figures->setText(figures.join(QStringLiteral(" · ")));
}

void EvaluationView::refreshTable()
{
    m_table->setAccessibleName(tr("Figures for each class"));
    m_table->setHorizontalHeaderLabels({tr("Class"), tr("Pictures"), tr("Precision"), tr("Recall"), tr("F1")});
    const QStringList help
        = {QString(), tr("Validation pictures of this class"), tr("Of the pictures taken for this class, how many are of it"),
            tr("Of the pictures of this class, how many are recognised"), tr("Precision and recall in one figure (their harmonic mean)")};
    for (int column = 0; column < help.size(); ++column)
        m_table->horizontalHeaderItem(column)->setToolTip(help[column]);
    m_table->setSortingEnabled(false);
    m_table->setRowCount(static_cast<int>(shown().perClass.size()));
    int row = 0;
    for (const ClassFigures &figures : shown().perClass) {
        m_table->setItem(row, 0, new QTableWidgetItem(fromEngine(figures.name)));
        m_table->setItem(
            row, 1, new NumberItem(QLocale().toString(static_cast<qint64>(figures.samples)), static_cast<double>(figures.samples)));
        int column = 2;
        for (const double value : {figures.precision, figures.recall, figures.f1})
            m_table->setItem(row, column++, new NumberItem(formatPercent(value), value));
        ++row;
    }
    m_table->setSortingEnabled(true);
}

void EvaluationView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    QWidget::changeEvent(event);
}

} // namespace graft
