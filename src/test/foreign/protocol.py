"""What stomp.py does with a server, over TLS: protocol.py PORT CERTIFICATES. Fails at what is not as it should be."""

import queue
import sys
import time

import stomp

port, certificates = int(sys.argv[1]), sys.argv[2]
PATIENCE = 20


class Recorder(stomp.ConnectionListener):
    def __init__(self):
        self.messages, self.receipts, self.errors = queue.Queue(), queue.Queue(), queue.Queue()
        self.lost = False

    def on_message(self, frame):
        self.messages.put(frame)

    def on_receipt(self, frame):
        self.receipts.put(frame.headers['receipt-id'])

    def on_error(self, frame):
        self.errors.put(frame)

    def on_heartbeat_timeout(self):
        self.lost = True

    def message(self, body):
        frame = self.messages.get(timeout=PATIENCE)
        assert frame.body == body, (frame.body, body)
        return frame

    def receipt(self, receipt):
        assert self.receipts.get(timeout=PATIENCE) == receipt, receipt


def connect(kind, **options):
    connection = kind([('localhost', port)], **options)
    connection.set_ssl(for_hosts=[('localhost', port)], ca_certs=certificates)
    recorder = Recorder()
    connection.set_listener('recorder', recorder)
    connection.connect(wait=True)
    return connection, recorder


def versions():
    for kind in stomp.Connection10, stomp.Connection11, stomp.Connection12:
        connection, seen = connect(kind)
        connection.subscribe('/topic/versions', id='1', receipt='subscribed')
        seen.receipt('subscribed')
        connection.send('/topic/versions', 'grüße: 1\n2')
        seen.message('grüße: 1\n2')
        connection.disconnect(receipt='bye')
        seen.receipt('bye')


def acknowledgements():
    connection, seen = connect(stomp.Connection12)
    for body in 'one', 'two', 'three':
        connection.send('/queue/python', body, receipt=body)
        seen.receipt(body)
    connection.subscribe('/queue/python', id='work', ack='client-individual')
    seen.message('one')
    two = seen.message('two')
    three = seen.message('three')
    connection.ack(two.headers['ack'], receipt='two')
    seen.receipt('two')
    connection.nack(three.headers['ack'])
    three = seen.message('three')
    connection.ack(three.headers['ack'], receipt='three')
    seen.receipt('three')
    connection.disconnect()

    connection, seen = connect(stomp.Connection11)
    connection.subscribe('/queue/python', id='rest', ack='client-individual')
    one = seen.message('one')
    connection.ack(one.headers['message-id'], 'rest', receipt='one')
    seen.receipt('one')
    assert seen.messages.empty()
    connection.disconnect()


def transactions():
    connection, seen = connect(stomp.Connection12)
    connection.subscribe('/queue/bank', id='bank')
    aborted = connection.begin()
    connection.send('/queue/bank', 'never', transaction=aborted)
    connection.abort(aborted)
    committed = connection.begin()
    connection.send('/queue/bank', 'debit', transaction=committed)
    connection.send('/queue/bank', 'credit', transaction=committed)
    connection.send('/queue/bank', 'first')
    connection.commit(committed, receipt='committed')
    for body in 'first', 'debit', 'credit':
        seen.message(body)
    seen.receipt('committed')
    connection.disconnect()


def heart_beats():
    connection, seen = connect(stomp.Connection12, heartbeats=(300, 300))
    time.sleep(2)
    connection.subscribe('/topic/beats', id='1', receipt='alive')
    seen.receipt('alive')
    assert not seen.lost and connection.is_connected()
    connection.disconnect()


def errors():
    connection, seen = connect(stomp.Connection12)
    connection.subscribe('/topic/x', id='1', ack='perhaps')
    error = seen.errors.get(timeout=PATIENCE)
    assert 'client-individual' in error.body, (error.headers, error.body)


for step in versions, acknowledgements, transactions, heart_beats, errors:
    step()
    print(step.__name__)
