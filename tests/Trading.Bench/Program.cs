using Trading.Bench;

return args switch
{
    ["peer", .. var answer] => await PeerServer.Run(answer),
    _ => await Suite.Run(args),
};
