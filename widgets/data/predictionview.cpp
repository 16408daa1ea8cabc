#include "data/predictionview.h"
#include "common/emptystate.h"
#include "common/icons.h"
#include "common/text.h"
#include "data/drophighlight.h"
#include "data/picturelabel.h"
#include "data/probabilitybars.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace graft {

namespace {

constexpr std::size_t classesOfEach = 3; // shown of each of several label sets

void makeSelectable(std::initializer_list<QLabel *> labels)
{
    for (QLabel *label : labels) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
}

} // namespace

PredictionView::PredictionView(QWidget *parent) : QWidget(parent), m_pages(new QStackedWidget)
{
    setAcceptDrops(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
    m_pages->addWidget(buildEmptyPage());
    m_pages->addWidget(buildPicturePage());
    m_highlight = new DropHighlight(this);
    m_texts.add([this] { refresh(); });
}

QWidget *PredictionView::buildEmptyPage()
{
    m_empty = new EmptyState(QStringLiteral("picture"), QString(), QString());
    m_chooseFirst = m_empty->addAction(QString());
    connect(m_chooseFirst, &QPushButton::clicked, this, &PredictionView::choosePictureRequested);
    return m_empty;
}

QWidget *PredictionView::buildPicturePage()
{
    auto *page = new QWidget;
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(16, 16, 16, 16);
    row->setSpacing(24);
    m_picture = new PictureLabel;
    row->addWidget(m_picture, 3);
    auto *column = new QVBoxLayout;
    column->setSpacing(8);
    row->addLayout(column, 2);
    m_title = new QLabel;
    m_note = new QLabel;
    makeSelectable({m_title, m_note});
    m_title->setForegroundRole(QPalette::PlaceholderText);
    m_answerColumn = new QVBoxLayout;
    m_answerColumn->setSpacing(8);
    addAnswer();
    m_progress = new QProgressBar;
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_chooseOther = new QPushButton;
    connect(m_chooseOther, &QPushButton::clicked, this, &PredictionView::choosePictureRequested);
    column->addStretch(1);
    column->addWidget(m_title);
    column->addLayout(m_answerColumn);
    column->addWidget(m_progress);
    column->addWidget(m_note);
    column->addSpacing(8);
    column->addWidget(m_chooseOther, 0, Qt::AlignLeft);
    column->addStretch(2);
    return page;
}

void PredictionView::setPicture(const QString &name, const QImage &picture)
{
    m_name = name;
    m_prediction.reset();
    m_message.clear();
    m_picture->setPicture(picture);
    m_hasPicture = !picture.isNull();
    refresh();
}

void PredictionView::setPrediction(const Prediction &prediction)
{
    m_prediction = prediction;
    m_message.clear();
    m_busy = false;
    refresh();
}

void PredictionView::setMessage(const QString &message)
{
    m_message = message;
    refresh();
}

void PredictionView::setBusy(bool busy)
{
    m_busy = busy;
    refresh();
}

void PredictionView::refresh()
{
    m_empty->setTitle(tr("Drop a picture here"));
    m_empty->setExplanation(m_message.isEmpty() ? tr("The network says what it takes it for, with its five best guesses.") : m_message);
    m_chooseFirst->setText(tr("Choose a picture…"));
    m_chooseOther->setText(tr("Another picture…"));
    m_pages->setCurrentIndex(m_hasPicture ? 1 : 0);
    m_title->setText(m_name);
    m_picture->setAccessibleName(tr("The picture %1").arg(m_name));
    refreshAnswers();
    m_progress->setVisible(m_busy);
    m_progress->setAccessibleName(tr("Looking at the picture"));
    m_note->setText(m_message);
    m_note->setVisible(!m_message.isEmpty());
}

void PredictionView::addAnswer()
{
    Answer answer{new QLabel, new QLabel, new ProbabilityBars};
    makeSelectable({answer.set, answer.best});
    answer.set->setForegroundRole(QPalette::PlaceholderText);
    QFont font = answer.best->font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    font.setBold(true);
    answer.best->setFont(font);
    for (QWidget *part : std::initializer_list<QWidget *>{answer.set, answer.best, answer.bars})
        m_answerColumn->addWidget(part);
    m_answers.push_back(answer);
}

void PredictionView::refreshAnswers()
{
    const std::size_t sets = m_prediction ? m_prediction->sets.size() : 0;
    while (m_answers.size() < sets)
        addAnswer();
    for (std::size_t index = 0; index < m_answers.size(); ++index) {
        const Answer &answer = m_answers[index];
        SetPrediction said = index < sets ? m_prediction->sets[index] : SetPrediction();
        const bool answered = !said.top.empty();
        if (sets > 1 && said.top.size() > classesOfEach)
            said.top.resize(classesOfEach);
        answer.set->setText(fromEngine(said.name));
        answer.set->setVisible(answered && !said.name.empty());
        answer.best->setText(answered ? fromEngine(said.top.front().className) : QString());
        answer.best->setVisible(answered);
        answer.bars->setClasses(said.top);
        answer.bars->setVisible(answered);
        answer.bars->setAccessibleName(
            said.name.empty() ? tr("The most probable classes") : tr("The most probable classes of %1").arg(fromEngine(said.name)));
    }
}

void PredictionView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    QWidget::changeEvent(event);
}

void PredictionView::dragEnterEvent(QDragEnterEvent *event)
{
    if (droppedPath(event->mimeData(), DroppedKind::File).isEmpty())
        return;
    event->acceptProposedAction();
    m_highlight->setActive(true);
}

void PredictionView::dragLeaveEvent(QDragLeaveEvent *)
{
    m_highlight->setActive(false);
}

void PredictionView::dropEvent(QDropEvent *event)
{
    m_highlight->setActive(false);
    const QString file = droppedPath(event->mimeData(), DroppedKind::File);
    if (file.isEmpty())
        return;
    event->acceptProposedAction();
    Q_EMIT pictureDropped(file);
}

} // namespace graft
