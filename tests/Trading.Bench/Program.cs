using Trading.Bench;

return args switch
{
    ["static", var file] => await StaticServer.Run(file),
    _ => await Suite.Run(args),
};
