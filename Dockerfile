# Build: the server as one native executable.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update && apt-get install -y --no-install-recommends clang zlib1g-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish src/NeonPanel.Mcp.Server -p:PublishAot=true -p:DebugType=none -p:StripSymbols=true -o /app \
    && rm -f /app/*.dbg /app/*.pdb /app/*.xml

# Run: no shell, no package manager, a numeric user.
FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /app .
ENV ASPNETCORE_HTTP_PORTS=3030
EXPOSE 3030
USER 1654
ENTRYPOINT ["./NeonPanel.Mcp.Server"]
