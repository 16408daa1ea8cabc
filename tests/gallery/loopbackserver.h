#pragma once
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

/// A small HTTP server on the loopback address, one connection at a time, that answers as the test says.
class LoopbackServer : public QThread {
public:
    /// What a client asked for.
    struct Request {
        QByteArray path;
        QByteArray text; ///< all of the request's head
        [[nodiscard]] QByteArray header(const QByteArray &name) const
        {
            const qsizetype start = text.toLower().indexOf("\r\n" + name.toLower() + ": ");
            if (start < 0)
                return {};
            const qsizetype value = start + name.size() + 4;
            return text.mid(value, text.indexOf("\r\n", value) - value);
        }
        /// "Range: bytes=N-" → N, else 0.
        [[nodiscard]] qsizetype rangeStart() const
        {
            const QByteArray range = header("Range");
            return range.startsWith("bytes=") ? range.mid(6).chopped(1).toLongLong() : 0;
        }
    };
    using Answer = std::function<void(const Request &request, QTcpSocket &socket)>;

    explicit LoopbackServer(Answer answer) : m_answer(std::move(answer))
    {
        start();
        while (m_port == 0)
            QThread::msleep(1);
    }
    ~LoopbackServer() override
    {
        m_ended = true;
        wait();
    }

    [[nodiscard]] std::string address(const std::string &path = {}) const
    {
        return "http://127.0.0.1:" + std::to_string(m_port.load()) + "/" + path;
    }
    [[nodiscard]] std::vector<Request> requests() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }
    [[nodiscard]] const std::atomic<bool> &ended() const { return m_ended; }

    static void send(QTcpSocket &socket, const QByteArray &bytes)
    {
        socket.write(bytes);
        while (socket.bytesToWrite() > 0 && socket.waitForBytesWritten(1000)) { }
    }
    static QByteArray head(const QByteArray &status, const QList<QByteArray> &lines)
    {
        return "HTTP/1.1 " + status + "\r\n" + lines.join("\r\n") + "\r\nConnection: close\r\n\r\n";
    }
    /// A server as they should be: ranges, an ETag, If-Range.
    static void serve(const Request &request, QTcpSocket &socket, const QByteArray &content, const QByteArray &tag)
    {
        const qsizetype start = request.rangeStart();
        const QByteArray only = request.header("If-Range");
        if (start >= content.size() && start > 0)
            return send(socket, head("416 Range Not Satisfiable", {"Content-Length: 0"}));
        if (start == 0 || (!only.isEmpty() && only != tag))
            return send(socket, head("200 OK", {"Content-Length: " + QByteArray::number(content.size()), "ETag: " + tag}) + content);
        const QByteArray range
            = QByteArray::number(start) + "-" + QByteArray::number(content.size() - 1) + "/" + QByteArray::number(content.size());
        send(socket,
            head("206 Partial Content",
                {"Content-Length: " + QByteArray::number(content.size() - start), "Content-Range: bytes " + range, "ETag: " + tag})
                + content.mid(start));
    }

protected:
    void run() override
    {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        m_port = server.serverPort();
        while (!m_ended) {
            if (!server.waitForNewConnection(20))
                continue;
            QTcpSocket *socket = server.nextPendingConnection();
            Request request;
            while (!request.text.contains("\r\n\r\n") && socket->waitForReadyRead(2000))
                request.text += socket->readAll();
            request.path = request.text.split(' ').value(1);
            {
                const std::lock_guard lock(m_mutex);
                m_requests.push_back(request);
            }
            m_answer(request, *socket);
            socket->disconnectFromHost();
            if (socket->state() != QAbstractSocket::UnconnectedState)
                socket->waitForDisconnected(1000);
            delete socket;
        }
    }

private:
    Answer m_answer;
    std::atomic<quint16> m_port = 0;
    std::atomic<bool> m_ended = false;
    mutable std::mutex m_mutex;
    std::vector<Request> m_requests;
};
