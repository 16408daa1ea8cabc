#pragma once
#include "common/wording.h"
#include "core/result.h"

#include <QFrame>
#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace graft {

/// A message on top of the page, instead of a dialog: says what happened, can be copied and closed, and does not stop the work.
class MessageBar : public QFrame {
    Q_OBJECT
public:
    explicit MessageBar(QWidget *parent = nullptr);
    void showError(const Error &error);
    /// What the person can do about it, offered as buttons; pressing one closes the message.
    using Offer = std::pair<Wording, std::function<void()>>;
    void showNote(const Wording &text, const std::vector<Offer> &offers = {});
    /// Closes a note; an error stays until it is closed or followed by another message.
    void dismissNote();
    [[nodiscard]] QString text() const; ///< all that it says, for the clipboard

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();

    void setOffers(const std::vector<Offer> &offers);

    Error m_error; ///< shown when m_note is empty
    Wording m_note;
    std::vector<std::pair<QPushButton *, Wording>> m_offered;
    QLabel *m_icon = nullptr;
    QLabel *m_headline = nullptr;
    QLabel *m_detail = nullptr;
    QHBoxLayout *m_offers = nullptr;
    QPushButton *m_copy = nullptr;
    QToolButton *m_close = nullptr;
};

} // namespace graft
