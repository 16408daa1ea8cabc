#include "gallery/transfer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <curl/curl.h>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <optional>
#include <unistd.h>

namespace graft {
namespace {

using Clock = std::chrono::steady_clock;

constexpr long found = 200, foundPart = 206, rangeRefused = 416, tooMany = 429, serverTrouble = 500;

/// What a server says before the bytes.
struct Head {
    long status = 0;
    std::int64_t length = 0; ///< 0 = not said
    std::int64_t rangeStart = -1, rangeTotal = 0;
    std::string entityTag, modified;
};

std::int64_t numberAt(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && number >= 0 ? number : 0;
}

/// "bytes 100-199/200"
void readRange(std::string_view value, Head &head)
{
    constexpr std::string_view unit = "bytes ";
    const std::size_t slash = value.find('/');
    if (!value.starts_with(unit) || slash == std::string_view::npos)
        return;
    head.rangeStart = numberAt(value.substr(unit.size()));
    head.rangeTotal = numberAt(value.substr(slash + 1));
}

void readHeadLine(std::string_view line, Head &head)
{
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())))
        line.remove_suffix(1);
    if (line.starts_with("HTTP/")) { // a redirect's or another answer's head begins
        head = {};
        const std::size_t space = line.find(' ');
        head.status = space == std::string_view::npos ? 0 : static_cast<long>(numberAt(line.substr(space + 1)));
        return;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return;
    std::string name(line.substr(0, colon));
    std::ranges::transform(name, name.begin(), [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && value.front() == ' ')
        value.remove_prefix(1);
    if (name == "content-length")
        head.length = numberAt(value);
    else if (name == "content-range")
        readRange(value, head);
    else if (name == "etag" && !value.starts_with("W/")) // a weak tag does not promise the same bytes
        head.entityTag = value;
    else if (name == "last-modified")
        head.modified = value;
}

/// Takes what a server sends into the file.
class Receiver {
public:
    Receiver(std::string address, PartialFile &part, std::int64_t largest, const TransferNews &news, const Cancellation &cancellation,
        std::chrono::milliseconds patience)
        : m_address(std::move(address)), m_part(part), m_largest(largest), m_news(news), m_cancellation(cancellation), m_patience(patience)
    {
    }
    ~Receiver()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    Receiver(const Receiver &) = delete;
    Receiver &operator=(const Receiver &) = delete;

    [[nodiscard]] const Head &head() const { return m_head; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] bool changed() const { return m_changed; }
    [[nodiscard]] bool stalled() const { return m_stalled; }

    /// Makes the file ready for what the head announces; false when it is not wanted.
    bool begin()
    {
        if (m_begun)
            return true;
        if (m_head.status == foundPart) {
            m_changed
                = m_head.rangeStart != m_part.bytes || (m_part.total > 0 && m_head.rangeTotal > 0 && m_head.rangeTotal != m_part.total);
            if (m_changed)
                return false;
            m_part.total = std::max(m_part.total, m_head.rangeTotal);
        } else if (m_head.status == found) {
            m_part.bytes = 0;
            m_part.total = m_head.length;
            m_part.validator = m_head.entityTag.empty() ? m_head.modified : m_head.entityTag;
        } else {
            return false;
        }
        m_begun = true;
        return open();
    }

    static std::size_t onHead(const char *data, std::size_t size, std::size_t count, void *self)
    {
        readHeadLine({data, size * count}, static_cast<Receiver *>(self)->m_head);
        return size * count;
    }
    static std::size_t onData(const char *data, std::size_t size, std::size_t count, void *self)
    {
        auto *receiver = static_cast<Receiver *>(self);
        return receiver->begin() && receiver->write({data, size * count}) ? size * count : 0;
    }
    /// Called about once a second, and whenever bytes move; anything but 0 ends the transfer.
    static int onProgress(void *self, curl_off_t, curl_off_t received, curl_off_t, curl_off_t)
    {
        auto *receiver = static_cast<Receiver *>(self);
        const auto now = Clock::now();
        if (received != receiver->m_received)
            receiver->m_lastMove = now;
        receiver->m_received = received;
        if (receiver->m_begun && !receiver->m_error)
            receiver->m_news.progressed(); // also while nothing comes: what was said last may have been passed over
        receiver->m_stalled = now - receiver->m_lastMove > receiver->m_patience;
        return receiver->m_stalled || receiver->m_cancellation.requested() ? 1 : 0;
    }

private:
    bool refuse(ErrorCode code, std::string message)
    {
        m_error = Error{code, std::move(message), m_address};
        return false;
    }

    bool refuseWrite(int error)
    {
        if (error == ENOSPC || error == EDQUOT)
            return refuse(ErrorCode::DiskFull,
                "The disk is full: what has come of " + m_address + " is kept; free some space and the download goes on from there.");
        return refuse(ErrorCode::FileUnwritable,
            "'" + m_part.path.string() + "' cannot be written (" + std::strerror(error) + "); change the permissions of its folder.");
    }

    bool refuseSize(std::int64_t bytes)
    {
        return refuse(ErrorCode::Unreachable, m_address + " sends " + std::to_string(bytes) + " bytes, far more than these weights have");
    }

    bool open()
    {
        if (m_part.total > m_largest)
            return refuseSize(m_part.total);
        std::error_code ignored;
        const auto space = std::filesystem::space(m_part.path.parent_path(), ignored);
        if (!ignored && m_part.total > 0 && static_cast<std::uintmax_t>(m_part.total - m_part.bytes) > space.available)
            return refuseWrite(ENOSPC);
        m_descriptor = ::open(m_part.path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
        if (m_descriptor < 0 || ::ftruncate(m_descriptor, m_part.bytes) != 0 || ::lseek(m_descriptor, 0, SEEK_END) < 0)
            return refuseWrite(errno);
        if (auto noted = m_news.began(); !noted) {
            m_error = noted.error();
            return false;
        }
        return true;
    }

    bool write(std::string_view bytes)
    {
        if (m_error)
            return false;
        while (!bytes.empty()) {
            const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                return refuseWrite(errno);
            m_part.bytes += written;
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        if (m_part.bytes > m_largest)
            return refuseSize(m_part.bytes);
        return true;
    }

    std::string m_address;
    PartialFile &m_part;
    std::int64_t m_largest;
    const TransferNews &m_news;
    const Cancellation &m_cancellation;
    std::chrono::milliseconds m_patience;
    Clock::time_point m_lastMove = Clock::now();
    curl_off_t m_received = 0;
    Head m_head;
    std::optional<Error> m_error;
    int m_descriptor = -1;
    bool m_begun = false;
    bool m_changed = false;
    bool m_stalled = false;
};

std::string hostOf(const std::string &address)
{
    const std::size_t start = address.find("://") == std::string::npos ? 0 : address.find("://") + 3;
    return address.substr(start, address.find('/', start) - start);
}

Error statusError(long status, const std::string &address)
{
    if (status == 404 || status == 410)
        return {ErrorCode::Unreachable, hostOf(address) + " has no file " + address + " any more (answer " + std::to_string(status) + ")",
            address};
    return {
        ErrorCode::Unreachable, hostOf(address) + " does not hand out " + address + " (answer " + std::to_string(status) + ")", address};
}

bool isWorthAnotherTry(CURLcode code)
{
    switch (code) {
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM: return true;
    default: return false;
    }
}

TransferResult judge(CURLcode code, const char *detail, const Receiver &receiver, const PartialFile &part, const std::string &address,
    const Cancellation &cancellation)
{
    if (cancellation.requested())
        return {TransferEnd::Failed,
            {ErrorCode::Cancelled,
                "The download of " + address + " was stopped; what has come is kept and the next try goes on from there.", address}};
    if (receiver.error())
        return {TransferEnd::Failed, *receiver.error()};
    const long status = receiver.head().status;
    if (receiver.changed() || (status == rangeRefused && part.bytes > 0))
        return {TransferEnd::Changed, {}};
    const bool answered = code == CURLE_OK || code == CURLE_WRITE_ERROR;
    if (answered && status != found && status != foundPart)
        return {status >= serverTrouble || status == tooMany ? TransferEnd::Cut : TransferEnd::Failed, statusError(status, address)};
    if (code == CURLE_OK && (part.total == 0 || part.bytes == part.total))
        return {TransferEnd::Complete, {}};
    const std::string reason = receiver.stalled() ? "nothing came any more" : *detail != '\0' ? detail : curl_easy_strerror(code);
    if (code == CURLE_OK || receiver.stalled() || isWorthAnotherTry(code))
        return {TransferEnd::Cut,
            {ErrorCode::Unreachable, "The connection to " + hostOf(address) + " broke off (" + reason + ") and what has come is kept",
                address}};
    return {TransferEnd::Failed, {ErrorCode::Unreachable, "There is no connection to " + hostOf(address) + " (" + reason + ")", address}};
}

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Lines = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

void setLimits(CURL *handle, const std::string &address, const DownloadLimits &limits)
{
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L); // threads
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(handle, CURLOPT_MAXREDIRS, static_cast<long>(limits.redirects));
    // A secure address stays secure.
    const char *protocols = address.starts_with("http:") ? "http,https" : "https";
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, protocols);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "Graft");
}

void setReceiver(CURL *handle, Receiver &receiver)
{
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &Receiver::onHead);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &receiver);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Receiver::onData);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &receiver);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &Receiver::onProgress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &receiver);
}

} // namespace

TransferResult transfer(const std::string &address, PartialFile &part, std::int64_t largest, const TransferNews &news,
    const Cancellation &cancellation, const DownloadLimits &limits)
{
    static std::once_flag prepared;
    std::call_once(prepared, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    const Handle handle(curl_easy_init(), curl_easy_cleanup);
    if (!handle)
        return {TransferEnd::Failed, {ErrorCode::OutOfMemory, "There is not enough memory for a download; close other programs.", address}};
    Receiver receiver(address, part, largest, news, cancellation, limits.stall);
    std::array<char, CURL_ERROR_SIZE> detail{};
    Lines lines(nullptr, curl_slist_free_all);
    curl_easy_setopt(handle.get(), CURLOPT_URL, address.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, detail.data());
    setLimits(handle.get(), address, limits);
    setReceiver(handle.get(), receiver);
    const std::string range = std::to_string(part.bytes) + "-";
    if (part.bytes > 0) {
        curl_easy_setopt(handle.get(), CURLOPT_RANGE, range.c_str());
        if (!part.validator.empty())
            lines.reset(curl_slist_append(nullptr, ("If-Range: " + part.validator).c_str()));
        curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, lines.get());
    }
    const CURLcode code = curl_easy_perform(handle.get());
    if (code == CURLE_OK && receiver.head().status == found)
        receiver.begin(); // an empty file brings no data
    return judge(code, detail.data(), receiver, part, address, cancellation);
}

} // namespace graft
