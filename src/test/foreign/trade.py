"""Trades at the sample over TCP by stomp.py: trade.py PORT."""

import json
import queue
import sys

import stomp

host, port = 'localhost', int(sys.argv[1])


class Messages(stomp.ConnectionListener):
    def __init__(self):
        self.frames = queue.Queue()

    def on_message(self, frame):
        self.frames.put(frame)


messages = Messages()
connection = stomp.Connection12([(host, port)], heartbeats=(10000, 10000))
connection.set_listener('messages', messages)
connection.connect('trader', 'bulls-and-bears', wait=True)

connection.subscribe('/user/queue/trades', id='trades')
order = {'action': 'BUY', 'ticker': 'MMM', 'shares': 44}
connection.send('/queue/trade', json.dumps(order), content_type='application/json')
trade = json.loads(messages.frames.get(timeout=20).body)
connection.disconnect()

print(trade['trader'], trade['action'], trade['shares'], trade['ticker'])
