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
    m_answer = new QLabel;
    m_note = new QLabel;
    for (QLabel *label : {m_title, m_answer, m_note}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    m_title->setForegroundRole(QPalette::PlaceholderText);
    QFont font = m_answer->font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    font.setBold(true);
    m_answer->setFont(font);
    m_bars = new ProbabilityBars;
    m_progress = new QProgressBar;
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_chooseOther = new QPushButton;
    connect(m_chooseOther, &QPushButton::clicked, this, &PredictionView::choosePictureRequested);
    column->addStretch(1);
    column->addWidget(m_title);
    column->addWidget(m_answer);
    column->addSpacing(8);
    column->addWidget(m_bars);
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
    const bool answered = m_prediction && !m_prediction->top.empty();
    m_title->setText(m_name);
    m_picture->setAccessibleName(tr("The picture %1").arg(m_name));
    m_answer->setText(answered ? fromEngine(m_prediction->top.front().className) : QString());
    m_answer->setVisible(answered);
    m_bars->setClasses(answered ? m_prediction->top : std::vector<ClassProbability>{});
    m_bars->setVisible(answered);
    m_bars->setAccessibleName(tr("The most probable classes"));
    m_progress->setVisible(m_busy);
    m_progress->setAccessibleName(tr("Looking at the picture"));
    m_note->setText(m_message);
    m_note->setVisible(!m_message.isEmpty());
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
