# Watches a quote of the sample over TCP by Net::Stomp: quotes.pl PORT.
use strict;
use warnings;
use Net::Stomp;

my $port = $ARGV[0];

my $stomp = Net::Stomp->new({ hostname => 'localhost', port => $port });
$stomp->connect({ 'accept-version' => '1.1', host => 'localhost' });
$stomp->subscribe({ id => 'quotes', destination => '/topic/price.stock.MMM' });
my $quote = $stomp->receive_frame({ timeout => 20 });
$stomp->disconnect;

print $quote->headers->{destination}, ' ', $quote->body, "\n";
