# What Net::Stomp does with a server, over TLS: protocol.pl PORT CERTIFICATES. Fails at what is not as it should be.
use strict;
use warnings;
use Net::Stomp;

my ($port, $certificates) = @ARGV;
$| = 1;

sub connected {
    my (%headers) = @_;
    my $stomp = Net::Stomp->new({
        hostname => 'localhost', port => $port, ssl => 1,
        ssl_options => { SSL_ca_file => $certificates }, timeout => 20, receipt_timeout => 20,
        reconnect_on_fork => 0 });
    my $answer = $stomp->connect({ host => 'localhost', %headers });
    $answer->command eq 'CONNECTED' or die $answer->as_string;
    return $stomp;
}

sub message {
    my ($stomp, $body) = @_;
    my $frame = $stomp->receive_frame or die "no $body";
    $frame->command eq 'MESSAGE' && $frame->body eq $body or die "no $body, but " . $frame->as_string;
    return $frame;
}

sub receipts {
    my ($stomp) = @_;
    $stomp->send_with_receipt({ destination => '/queue/perl', body => $_ }) or die "no receipt of $_"
        for 'one', 'two', 'three';
}

sub acknowledgements {
    my ($stomp) = @_;
    $stomp->subscribe({ id => 'work', destination => '/queue/perl', ack => 'client-individual' });
    message($stomp, 'one');
    my $two = message($stomp, 'two');
    my $three = message($stomp, 'three');
    $stomp->ack({ frame => $two, subscription => 'work' });
    $stomp->nack({ frame => $three, subscription => 'work' });
    $stomp->ack({ frame => message($stomp, 'three'), subscription => 'work' });
    $stomp->disconnect;

    # STOMP 1.0
    $stomp = connected();
    $stomp->subscribe({ destination => '/queue/perl', ack => 'client' });
    $stomp->ack({ frame => message($stomp, 'one') });
    $stomp->unsubscribe({ destination => '/queue/perl' });
    $stomp->disconnect;
}

sub transactions {
    my ($stomp) = @_;
    $stomp->send_transactional({ destination => '/queue/perl', body => 'committed' }) or die 'not committed';
    $stomp->subscribe({ id => 'done', destination => '/queue/perl' });
    message($stomp, 'committed');
    $stomp->disconnect;
}

for my $step (qw(receipts+acknowledgements transactions)) {
    my $stomp = connected('accept-version' => '1.1');
    no strict 'refs';
    for (split /\+/, $step) {
        &$_($stomp);
        print "$_\n";
    }
}
