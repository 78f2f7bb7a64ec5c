package fakediscord

import "time"

// What Discord takes. Lengths are in characters. Where sources differ, the lower
// number is here. Sources are pages of docs.discord.com/developers; "spec" is
// Discord's OpenAPI description of its API.
const (
	maxContent         = 2000 // resources/message, "Create Message"
	maxEmbeds          = 10   // resources/message, "Create Message"
	maxEmbedTotal      = 6000 // resources/message, "Embed Limits": over all embeds of a message
	maxEmbedTitle      = 256  // resources/message, "Embed Limits"
	maxEmbedText       = 4096 // resources/message, "Embed Limits"
	maxEmbedFields     = 25   // resources/message, "Embed Limits"
	maxFieldName       = 256  // resources/message, "Embed Limits"
	maxFieldValue      = 1024 // resources/message, "Embed Limits"
	maxEmbedFooter     = 2048 // resources/message, "Embed Limits"
	maxEmbedAuthor     = 256  // resources/message, "Embed Limits"
	maxNonce           = 25   // resources/message, "Create Message"
	maxAttachments     = 10   // resources/message, "Create Message"
	maxAlt             = 1024 // resources/message, "Attachment Object"
	maxFilename        = 1024 // spec
	maxAllowed         = 100  // resources/message, "Allowed Mentions Object": users, and roles
	maxFile            = 10 << 20
	maxRequest         = 25 << 20 // reference, "Uploading Files": both in bytes
	maxRows            = 5        // components/reference, "Legacy Message Component Behavior"
	maxButtons         = 5        // components/reference, "Action Row"
	maxComponents      = 40       // components/reference: nested ones too, with the V2 flag
	maxCustomID        = 100      // components/reference, "Custom ID"
	maxButtonLabel     = 80       // components/reference, "Button"
	maxButtonURL       = 512      // spec
	maxPlaceholder     = 150      // components/reference, "String Select"
	maxSelectOptions   = 25       // components/reference, "String Select"
	maxSelectText      = 100      // components/reference, "Select Option": label, value, description
	maxTextDisplay     = 4000     // spec; over all of a message: docs.jda.wiki, TextDisplay
	maxSectionTexts    = 3        // components/reference, "Section"
	maxGallery         = 10       // components/reference, "Media Gallery"
	maxModalTitle      = 45       // interactions/receiving-and-responding, "Modal"
	maxModalParts      = 5        // interactions/receiving-and-responding, "Modal"
	maxLabel           = 45       // components/reference, "Label"
	maxLabelText       = 100      // components/reference, "Label": description
	maxTextInput       = 4000     // components/reference, "Text Input"
	maxInputHint       = 100      // components/reference, "Text Input": placeholder
	maxSlashCommands   = 100      // interactions/application-commands, globally and in each guild
	maxUserCommands    = 15       // change-log, March 2026
	maxMessageCommands = 15       // change-log, March 2026
	maxCreates         = 200      // interactions/application-commands: new ones a day in each guild, and globally
	maxCommandName     = 32       // interactions/application-commands, "Application Command Naming"
	maxCommandText     = 100      // interactions/application-commands: description
	maxCommandTotal    = 8000     // interactions/application-commands, "Application Command Object"
	maxOptions         = 25       // interactions/application-commands
	maxChoices         = 25       // interactions/application-commands, autocomplete too
	maxChoice          = 100      // interactions/application-commands: name, and a value that is text
	maxOptionText      = 6000     // interactions/application-commands: min_length and max_length
	maxFollowUps       = 5        // interactions/receiving-and-responding: of apps that are not in the server
	maxIdentifies      = 1000     // events/gateway, "Identifying": in 24 h
	maxSends           = 120      // events/gateway, "Rate Limiting": in sendWindow on each connection
	maxPayload         = 4096     // events/gateway, "Sending Events": in bytes
	maxGuildsPerShard  = 2500     // events/gateway, "Sharding"
)

// maxResponse is how many bytes an answer with files may have as the response to
// a delivery (github.com/discord/discord-api-docs, issues 5250 and 5925: 150 kB
// pass, 160 do not; not in the documentation).
const maxResponse = 150_000

const (
	maxAnswer    = 3 * time.Second  // interactions/receiving-and-responding: for the first answer
	tokenLife    = 15 * time.Minute // interactions/receiving-and-responding: of an interaction
	nonceMemory  = 5 * time.Minute  // resources/message has "the past few minutes"
	sendWindow   = time.Minute      // events/gateway, "Rate Limiting"
	creationDay  = 24 * time.Hour   // interactions/application-commands
	identifyDay  = 24 * time.Hour   // events/gateway, "Session Start Limit Object"
	globalWindow = time.Second      // topics/rate-limits, "Global Rate Limit"
)
