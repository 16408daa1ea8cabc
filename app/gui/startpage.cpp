#include "gui/startpage.h"
#include "common/icons.h"
#include "common/theme.h"

#include <QCommandLinkButton>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

namespace graft {
namespace {

constexpr int columnWidth = 560;
constexpr int wayHeight = 64; // QCommandLinkButton's own hint cuts the description off

} // namespace

StartPage::StartPage(QWidget *parent) : QWidget(parent)
{
    auto *column = new QWidget;
    column->setFixedWidth(columnWidth);
    auto *rows = new QVBoxLayout(column);
    rows->setSpacing(8);
    m_title = new QLabel;
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 2.2);
    large.setBold(true);
    m_title->setFont(large);
    m_subtitle = new QLabel;
    m_subtitle->setWordWrap(true);
    m_open = new QCommandLinkButton;
    m_open->setObjectName(QStringLiteral("startOpen"));
    m_gallery = new QCommandLinkButton;
    m_gallery->setObjectName(QStringLiteral("startGallery"));
    m_demo = new QCommandLinkButton;
    m_demo->setObjectName(QStringLiteral("startDemo"));
    m_resume = new QCommandLinkButton;
    m_resume->setObjectName(QStringLiteral("startResume"));
    for (const auto &[way, name] : {std::pair{m_gallery, "model"}, {m_open, "open"}, {m_demo, "play"}, {m_resume, "next"}}) {
        way->setMinimumHeight(wayHeight);
        way->setIcon(icon(QString::fromLatin1(name), accentColor()));
        way->setIconSize(QSize(24, 24));
    }
    m_recentTitle = new QLabel;
    m_recent = new QListWidget;
    m_recent->setObjectName(QStringLiteral("startRecent"));
    m_recent->setMaximumHeight(176);
    m_hint = new QLabel;
    m_hint->setWordWrap(true);
    for (QWidget *row :
        std::initializer_list<QWidget *>{m_title, m_subtitle, m_gallery, m_open, m_demo, m_resume, m_recentTitle, m_recent, m_hint})
        rows->addWidget(row);
    rows->insertSpacing(2, 8);
    auto *page = new QVBoxLayout(this);
    page->addStretch(2);
    page->addWidget(column, 0, Qt::AlignHCenter);
    page->addStretch(3);

    connect(m_open, &QAbstractButton::clicked, this, &StartPage::openRequested);
    connect(m_gallery, &QAbstractButton::clicked, this, &StartPage::galleryRequested);
    connect(m_demo, &QAbstractButton::clicked, this, &StartPage::demoRequested);
    connect(m_resume, &QAbstractButton::clicked, this, &StartPage::resumeRequested);
    connect(m_recent, &QListWidget::itemActivated, this,
        [this](const QListWidgetItem *item) { Q_EMIT fileChosen(item->data(Qt::UserRole).toString()); });
    connect(m_recent, &QListWidget::itemClicked, this,
        [this](const QListWidgetItem *item) { Q_EMIT fileChosen(item->data(Qt::UserRole).toString()); });
    setFocusProxy(m_gallery);
    setRecentFiles({});
    setCanResume(false);
    retranslate();
}

void StartPage::setRecentFiles(const QStringList &paths)
{
    m_recent->clear();
    for (const QString &path : paths) {
        const QFileInfo file(path);
        auto *item = new QListWidgetItem(file.fileName() + QStringLiteral("   ") + QDir::toNativeSeparators(file.absolutePath()), m_recent);
        item->setData(Qt::UserRole, path);
        item->setToolTip(QDir::toNativeSeparators(path));
    }
    m_recent->setVisible(!paths.isEmpty());
    m_recentTitle->setVisible(!paths.isEmpty());
}

void StartPage::setCanResume(bool canResume)
{
    m_resume->setVisible(canResume);
}

void StartPage::retranslate()
{
    m_title->setText(tr("Graft"));
    m_subtitle->setText(tr("Give a trained network a new task, with your own pictures."));
    m_gallery->setText(tr("Choose a pretrained network…"));
    m_gallery->setDescription(tr("Published ImageNet weights by accuracy, size and speed on this machine"));
    m_open->setText(tr("Open a model file…"));
    m_open->setDescription(tr("PyTorch, safetensors, ONNX, TorchScript, torch.export or Keras"));
    m_demo->setText(tr("Try it with what is built in"));
    m_demo->setDescription(tr("A small trained network and a set of drawn pictures; nothing to download"));
    m_resume->setText(tr("Go on with the last run"));
    m_resume->setDescription(tr("Training that was stopped or cut off goes on where it was"));
    m_recentTitle->setText(tr("Opened lately"));
    m_hint->setText(tr("You can also drop a model file, a folder of pictures or a single picture anywhere on this window."));
}

void StartPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace graft
