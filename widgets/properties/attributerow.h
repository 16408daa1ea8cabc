#pragma once
#include "properties/attributeeditor.h"

#include <QTimer>
#include <optional>

class QLabel;
class QToolButton;

namespace graft {

/// One attribute of the chosen layers: its editor, its unit, the way back to the default, and what is wrong with what is typed. A value
/// that the attribute cannot have is never asked for.
class AttributeRow : public QWidget {
    Q_OBJECT

public:
    /// What it shows: of `type`'s attribute `schema`, the `values` that `layers` have, without repetition.
    struct Content {
        const LayerType *type = nullptr;
        const AttributeSchema *schema = nullptr;
        std::vector<LayerId> layers;
        std::string firstName; ///< of the first layer, for sentences
        std::vector<AttributeValue> values;
    };

    explicit AttributeRow(Content content, QWidget *parent = nullptr);

    [[nodiscard]] const AttributeSchema &schema() const { return *m_content.schema; }
    /// Whether its editor fits that attribute, be it another layer type's.
    [[nodiscard]] bool fits(const AttributeSchema &other) const;
    /// It must fit. What is being typed stays while the layers are the same.
    void setContent(Content content);
    void setEditable(bool editable);
    /// Why the last value that was asked for cannot be; shown until the person changes it or goes elsewhere.
    void showError(const QString &sentence);
    /// "kernel_size (px)"
    [[nodiscard]] QString title() const;
    /// Tool tip and note.
    [[nodiscard]] QString help() const;
    void retranslate();

Q_SIGNALS:
    void requested(const std::vector<graft::LayerId> &layers, const QString &name, const std::optional<graft::AttributeValue> &value);
    void focused(); ///< the keyboard or the pointer came

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void proposed(const AttributeValue &value, InputMoment moment);
    void unreadable(const QString &expected, InputMoment moment);
    void ask(const std::optional<AttributeValue> &value);
    void revert();
    void refreshEditable();
    void fitError();
    [[nodiscard]] bool isShown(const AttributeValue &value) const;

    Content m_content;
    std::optional<AttributeValue> m_waiting; ///< typed, and asked for when the typing pauses
    std::optional<AttributeValue> m_refused;
    bool m_dirty = false; ///< the text is the person's, not the layers'
    bool m_editable = true;
    QTimer m_pause;
    AttributeEditor *m_editor;
    QToolButton *m_reset;
    QLabel *m_error;
};

} // namespace graft
