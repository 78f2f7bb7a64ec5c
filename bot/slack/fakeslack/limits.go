package fakeslack

// What Slack takes. Lengths are in characters. Where sources differ, the lower
// number is here. "Block Kit" is docs.slack.dev/reference/block-kit.
const (
	maxText            = 40_000  // docs.slack.dev/reference/methods/chat.postMessage, msg_too_long
	maxMessageBlocks   = 50      // Block Kit, blocks
	maxViewBlocks      = 100     // Block Kit, blocks
	maxAllBlocks       = 13_200  // github.com/slackapi/bolt-js issue 2509, msg_blocks_too_long; not documented
	maxMarkdown        = 12_000  // Block Kit, markdown block: over all of a message
	maxSection         = 3_000   // Block Kit, section block
	maxFields          = 10      // Block Kit, section block
	maxField           = 2_000   // Block Kit, section block
	maxHeader          = 150     // Block Kit, header block
	maxContext         = 10      // Block Kit, context block
	maxActions         = 25      // Block Kit, actions block
	maxID              = 255     // Block Kit, blocks: block_id and action_id
	maxButton          = 75      // Block Kit, button element
	maxValue           = 2_000   // Block Kit, button element
	maxURL             = 3_000   // Block Kit, button element, image block
	maxAlt             = 2_000   // Block Kit, image block: alt_text and title
	maxFileAlt         = 1_000   // docs.slack.dev/reference/methods/files.getUploadURLExternal, alt_txt_too_large
	maxLabel           = 2_000   // Block Kit, input block
	maxPlaceholder     = 150     // Block Kit, select menu elements
	maxOptions         = 100     // Block Kit, select menu elements
	maxOverflow        = 5       // Block Kit, overflow menu element
	maxChoices         = 10      // Block Kit, radio button group and checkbox elements
	maxOptionText      = 75      // Block Kit, option object; its description too
	maxOptionValue     = 150     // Block Kit, option object
	maxTableRows       = 100     // Block Kit, table block
	maxTableColumns    = 20      // Block Kit, table block and data table block
	maxTableText       = 10_000  // Block Kit, table block: over all cells of the message
	maxDataRows        = 101     // Block Kit, data table block, the older page: with the header
	maxPageSize        = 100     // Block Kit, data table block
	maxChartTitle      = 50      // Block Kit, data visualization block; axis labels too
	maxChartLabel      = 20      // Block Kit, data visualization block: labels of segments, points, series
	maxChartSeries     = 6       // Block Kit, data visualization block: segments of a pie too
	maxChartPoints     = 20      // Block Kit, data visualization block
	maxCharts          = 2       // Block Kit, data visualization block: in a message
	maxModalTitle      = 24      // docs.slack.dev/surfaces/modals: title, submit and close
	maxPrivate         = 3_000   // docs.slack.dev/reference/views: private_metadata
	maxStack           = 3       // docs.slack.dev/surfaces/modals
	maxView            = 250_000 // docs.slack.dev/reference/methods/views.open, view_too_large, in bytes
	maxAttachments     = 100     // docs.slack.dev/reference/methods/chat.postMessage, too_many_attachments
	maxMetadata        = 8_000   // chat.postMessage, metadata_too_large gives no number: this one is ours, in bytes
	maxAck             = 20_000  // docs.slack.dev/apis/events-api/using-socket-mode, in bytes; slack-go: 20 KB
	maxSockets         = 10      // docs.slack.dev/apis/events-api/using-socket-mode
	maxResponses       = 5       // docs.slack.dev/interactivity/handling-user-interaction, within maxResponseMinutes
	maxResponseMinutes = 30      // docs.slack.dev/interactivity/handling-user-interaction
	maxTriggerSeconds  = 3       // docs.slack.dev/surfaces/modals: a trigger_id's life
	maxListed          = 999     // docs.slack.dev/reference/methods/users.conversations, limit
	maxPrompts         = 4       // docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
)
